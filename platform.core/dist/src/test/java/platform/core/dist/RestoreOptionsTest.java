package platform.core.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestoreOptionsTest {

    private static final Map<String, String> KEY = Map.of("PLATFORM_RESTORE_KEY", "key");

    @Test
    void aFolderBecomesAnAddressAndSecretsComeFromTheEnvironment() {
        RestoreOptions options = RestoreOptions.parse(
                List.of("--restore", "plan", "--data", "/srv/data", "--target", "/mnt/back ups"),
                Map.of("PLATFORM_RESTORE_KEY", "key", "PLATFORM_RESTORE_PASSWORD", "password"));
        assertThat(options.phase()).isEqualTo(RestoreOptions.Phase.PLAN);
        assertThat(options.data()).isEqualTo(Path.of("/srv/data"));
        assertThat(options.request())
                .containsEntry("address", "file:///mnt/back%20ups")
                .containsEntry("key", "key")
                .containsEntry("secret", "password")
                .doesNotContainKeys("ca", "host.key");
        assertThat(options.toString()).doesNotContain("password").doesNotContain("key");
    }

    @Test
    void secretsComeFromFilesToo(@TempDir Path folder) throws IOException {
        Path key = Files.writeString(folder.resolve("key"), "AGE-SECRET-KEY-1X");
        Path identity = Files.writeString(folder.resolve("id"), "-----BEGIN");
        RestoreOptions options = RestoreOptions.parse(
                List.of(
                        "--data",
                        "/d",
                        "--restore",
                        "manager",
                        "--target",
                        "sftp://me@host/~/b/",
                        "--key",
                        key.toString(),
                        "--identity",
                        identity.toString(),
                        "--host-key",
                        "SHA256:x"),
                Map.of());
        assertThat(options.request())
                .containsEntry("address", "sftp://me@host/~/b/")
                .containsEntry("key", "AGE-SECRET-KEY-1X")
                .containsEntry("secret", "-----BEGIN")
                .containsEntry("host.key", "SHA256:x");
    }

    @Test
    void whatIsMissingIsSaid() {
        assertThatThrownBy(() -> RestoreOptions.parse(List.of("--restore", "plan", "--data", "/d"), KEY))
                .hasMessageContaining("--target is missing");
        assertThatThrownBy(() ->
                        RestoreOptions.parse(List.of("--restore", "plan", "--data", "/d", "--target", "/b"), Map.of()))
                .hasMessageContaining("--key FILE");
        assertThatThrownBy(
                        () -> RestoreOptions.parse(List.of("--restore", "all", "--data", "/d", "--target", "/b"), KEY))
                .hasMessageContaining("no phase 'all'");
        assertThatThrownBy(() -> RestoreOptions.parse(List.of("--restore", "plan", "--key", "/none"), Map.of()))
                .isInstanceOf(LaunchException.class);
    }

    @Test
    void theMarkSaysHowFarARestoreHasCome(@TempDir Path folder) throws IOException {
        RestoreMark mark = RestoreMark.of(folder.resolve("data"));
        mark.requireEmptyOrBegun();
        mark.begin();
        assertThat(mark.hasManager()).isFalse();
        assertThatThrownBy(mark::requireNone).hasMessageContaining("is not finished");
        mark.managerDone();
        mark.requireEmptyOrBegun();
        assertThat(mark.hasManager()).isTrue();
        mark.end();
        mark.requireNone();
        Files.writeString(folder.resolve("data/x"), "x");
        assertThatThrownBy(mark::requireEmptyOrBegun).hasMessageContaining("is not empty");
    }
}
