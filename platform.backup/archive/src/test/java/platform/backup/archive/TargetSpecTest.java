package platform.backup.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import platform.backup.api.BackupException;
import platform.backup.api.TargetSetup;
import platform.core.api.InstanceInfo;

/** Targets as they are given, kept, and refused where they lie on the platform itself. */
class TargetSpecTest {

    private static final String SECRET = "s3cr=t \\ \u00fc";
    private static final String HOST_KEY = "SHA256:" + "A".repeat(43);

    @TempDir
    Path data;

    private static TargetSetup setup(String address, String secret, String hostKey, String... excluded) {
        return new TargetSetup(
                "off-site",
                address,
                Optional.ofNullable(secret),
                Optional.ofNullable(hostKey),
                Optional.empty(),
                1000,
                Set.of(excluded));
    }

    @Test
    void theLoginIsTakenOutOfTheAddress() {
        TargetSpec spec = TargetSpec.of(setup("davs://jo%40example.com@dav.example.com:8443/a%20b", SECRET, null));

        assertThat(spec.uri()).isEqualTo(URI.create("https://dav.example.com:8443/a%20b/"));
        assertThat(spec.login()).isEqualTo(new TargetLogin("jo@example.com", SECRET));
        assertThat(spec.info().address()).isEqualTo("https://jo%40example.com@dav.example.com:8443/a%20b/");
    }

    @Test
    void anAddressOfS3HasItsEndpointAndRegion() {
        TargetSpec spec =
                TargetSpec.of(setup("s3://KEY@my_bucket?endpoint=https://s3.example.com&region=eu-1", SECRET, null));

        assertThat(spec.endpoint()).contains(URI.create("https://s3.example.com"));
        assertThat(spec.region()).isEqualTo("eu-1");
        assertThat(spec.uri().getAuthority()).isEqualTo("my_bucket");
        assertThat(spec.uri().getPath()).isEqualTo("/");
    }

    @ParameterizedTest
    @CsvSource({
        "ftp://host/x, , does not begin with 'ftp:'",
        "https://jo:pass@host/, x, must not hold a password",
        "http://jo@host/, x, would travel in the clear",
        "https://jo@host/, , both a user in the address and a password",
        "https:///x/, , lacks its host",
        "file://host/x/, , lacks its host",
        "https://host/a/../b/, , does not hold '..'",
        "https://host/?x=1, , Only the address of an S3 service",
        "sftp://host/x/, x, needs a user in the address",
        "s3://bucket/, x, needs the access key",
        "s3://K@bucket/?endpont=https://h, x, 'endpont'",
        "s3://K@bucket/?endpoint=h, x, a whole address",
        "https://jo@host/, -----BEGIN X, for SSH servers only",
        "'https://h ost/', , cannot be read",
    })
    void aMistakeIsNamed(String address, String secret, String message) {
        assertThatThrownBy(() -> TargetSpec.of(setup(address, secret, null)))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining(message);
    }

    @Test
    void aFingerprintOfAnotherFormIsRefused() {
        assertThatThrownBy(() -> TargetSpec.of(setup("sftp://jo@host/", SECRET, "MD5:00:11")))
                .hasMessageContaining("SHA256:");
    }

    @Test
    void noTextShowsTheSecret() {
        TargetSetup setup = setup("https://jo@host/", SECRET, null);
        TargetSpec spec = TargetSpec.of(setup);

        assertThat(setup + " " + spec + " " + spec.login() + " " + spec.info()).doesNotContain("s3cr");
    }

    @Test
    void itIsKeptInAFileThatOnlyThePlatformReads() throws Exception {
        TargetFiles files = new TargetFiles(data.resolve("secrets/backup-targets"));
        TargetSpec spec =
                TargetSpec.of(setup("sftp://jo@host:2222/~/x/", SECRET, HOST_KEY, "b@example.com", "a@example.com"));
        files.keep(spec);

        assertThat(new TargetFiles(data.resolve("secrets/backup-targets")).list())
                .containsExactly(spec);
        Path file = data.resolve("secrets/backup-targets/off-site.properties");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
                .isEqualTo("rwx------");
        assertThat(files.remove("off-site")).isTrue();
        assertThat(files.list()).isEmpty();
        assertThat(files.find("../../x")).isEmpty();
    }

    // ------------------------------------------------------------------------------------------ this very platform

    private void refuse(String address, String... excluded) {
        InstanceInfo files = Platforms.instance("acme@example.com", "/example.com/acme", "");
        InstanceInfo host = Platforms.instance("own@example.com", "/example.com/own", "files.example.com");
        URI http = URI.create("http://0.0.0.0:8080");
        URI https = URI.create("https://platform.example.com:8443");
        Platforms.own(data, List.of(http, https), files, host)
                .refuse(TargetSpec.of(setup(address, null, null, excluded)));
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:8080/example.com/acme/dav/, acme@example.com",
        "http://127.0.0.1:8080//example.com/%61cme/dav/, acme@example.com",
        "https://[::1]:8443/example.com/acme, acme@example.com",
        "https://PLATFORM.example.com:8443/Example.com/acme/, acme@example.com",
        "https://files.example.com/dav/, own@example.com"
    })
    void anInstanceIsRefusedUnlessItIsExcluded(String address, String instance) {
        assertThatThrownBy(() -> refuse(address))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("instance " + instance)
                .hasMessageContaining("--exclude " + instance);
        refuse(address, instance);
    }

    @Test
    void otherPortsAndHostsAreOthers() {
        refuse("http://localhost:8081/example.com/acme/dav/");
        refuse("https://other.invalid:8443/example.com/acme/dav/");
        assertThatThrownBy(() -> refuse("http://localhost:8080/example.com/acmes/"))
                .hasMessageContaining("no instance has that path");
    }

    @Test
    void thePlatformsOwnFolderIsRefusedByWhateverWayItIsReached() throws Exception {
        Path link = Files.createSymbolicLink(data.resolve("backups-link"), data);
        Files.createDirectory(data.resolve("backups"));
        for (String folder : List.of("", "pgsql/x", "backups-link/logs", "backupsx")) {
            assertThatThrownBy(() -> refuse("file://" + data.resolve(folder) + "/"))
                    .as(folder)
                    .hasMessageContaining("part of the platform's own data");
        }
        refuse("file://" + data.resolve("backups/daily"));
        refuse("file://" + link.resolve("backups/daily"));
        refuse("file:///mnt/backup/");
    }
}
