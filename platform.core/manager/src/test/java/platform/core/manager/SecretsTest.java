package platform.core.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {

    @TempDir
    Path folder;

    @Test
    void keepsASecretInAFileThatOnlyItsOwnerReads() throws IOException {
        Secrets secrets = new Secrets(folder);
        String first = secrets.getOrKeep("x", () -> "one");

        assertThat(first).isEqualTo("one");
        assertThat(secrets.getOrKeep("x", () -> "two")).isEqualTo("one");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("x"))))
                .isEqualTo("rw-------");
    }

    @Test
    void opensWhatItSealedWithTheSameKeyForTheSameOwner() {
        Seal seal = new Seal(new Secrets(folder));
        String sealed = seal.seal("pässword", "acme@example.com password");

        assertThat(sealed).doesNotContain("pässword").isNotEqualTo(seal.seal("pässword", "acme@example.com password"));
        assertThat(new Seal(new Secrets(folder)).open(sealed, "acme@example.com password"))
                .isEqualTo("pässword");
    }

    @Test
    void doesNotOpenWhatBelongsToAnotherOwner() {
        Seal seal = new Seal(new Secrets(folder));
        String sealed = seal.seal("secret", "acme@example.com password");

        assertThatThrownBy(() -> seal.open(sealed, "other@example.com password"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("cannot be opened");
    }
}
