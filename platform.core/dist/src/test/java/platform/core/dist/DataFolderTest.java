package platform.core.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {

    @TempDir
    Path temp;

    @Test
    void aNewFolderLetsStrangersThroughButIntoNoSecrets() throws IOException {
        DataFolder data = DataFolder.open(temp.resolve("a/b c"));
        assertThat(permissions(data.root())).isEqualTo("rwx--x--x");
        assertThat(permissions(data.path("secrets"))).isEqualTo("rwx------");
        assertThat(permissions(data.path("dumps"))).isEqualTo("rwx------");
        assertThat(data.path("logs/platform")).isDirectory();
        assertThat(data.path("pgsql")).isDirectory();
    }

    @Test
    void secretsThatAreOpenAreClosedAgain() throws IOException {
        DataFolder data = open();
        Files.setPosixFilePermissions(data.path("secrets"), PosixFilePermissions.fromString("rwxr-xr-x"));
        open();
        assertThat(permissions(data.path("secrets"))).isEqualTo("rwx------");
    }

    @Test
    void aFileInsteadOfTheFolderIsNamed() throws IOException {
        Path file = Files.createFile(temp.resolve("file"));
        assertThatThrownBy(() -> DataFolder.open(file))
                .isInstanceOf(LaunchException.class)
                .hasMessageContaining(file + " is no folder")
                .hasMessageContaining("--data");
    }

    @Test
    void aPathWithACommaIsRefused() {
        assertThatThrownBy(() -> DataFolder.open(temp.resolve("a,b")))
                .isInstanceOf(LaunchException.class)
                .hasMessageContaining("has a comma in its path");
    }

    @Test
    void aFileInsteadOfASubfolderIsNamed() throws IOException {
        Path file = Files.createFile(temp.resolve("apps"));
        assertThatThrownBy(() -> DataFolder.open(temp)).hasMessageContaining(file + " is no folder");
    }

    @Test
    void theVersionIsNotedAndGrows() throws IOException {
        DataFolder data = open();
        data.adopt("0.9.0");
        data.adopt("0.10.0");
        assertThat(data.path("version")).hasContent("0.10.0\n");
    }

    @Test
    void aFolderFromANewerPlatformIsRefusedAndKept() throws IOException {
        DataFolder data = open();
        data.adopt("0.10.0");
        assertThatThrownBy(() -> data.adopt("0.9.0"))
                .isInstanceOf(LaunchException.class)
                .hasMessageContaining("from the newer version 0.10.0")
                .hasMessageContaining("this is 0.9.0");
        assertThat(data.path("version")).hasContent("0.10.0\n");
    }

    @Test
    void aVersionThatIsNoneIsRefused() throws IOException {
        DataFolder data = open();
        Files.writeString(data.path("version"), "garbage\n");
        assertThatThrownBy(() -> data.adopt("1.0.0")).hasMessageContaining("garbage");
    }

    @Test
    void aFullDiskIsRefusedAndARoomyOneIsNot() {
        DataFolder data = open();
        data.requireSpace(DataFolder.NEEDED_SPACE, DataFolder.NEEDED_SPACE);
        assertThatThrownBy(() -> data.requireSpace(DataFolder.NEEDED_SPACE - 1, DataFolder.NEEDED_SPACE))
                .isInstanceOf(LaunchException.class)
                .hasMessageContaining("is full: 199 MB are free")
                .hasMessageContaining("200 MB");
        assertThat(data.usableSpace()).isPositive();
        assertThat(data.neededSpace()).isBetween(1L, DataFolder.NEEDED_SPACE);
    }

    @Test
    void configurationIsCopiedOnlyWhereItIsMissing() throws IOException {
        Path defaults = Files.createDirectory(temp.resolve("etc-of-distribution"));
        Files.writeString(defaults.resolve("a.cfg"), "default");
        Files.writeString(defaults.resolve("b.cfg"), "default");
        Files.writeString(defaults.resolve("c.xml"), "not copied");
        DataFolder data = open();
        Files.writeString(data.path("etc/b.cfg"), "mine");
        data.copyDefaults(defaults);
        assertThat(data.path("etc/a.cfg")).hasContent("default");
        assertThat(data.path("etc/b.cfg")).hasContent("mine");
        assertThat(data.path("etc/c.xml")).doesNotExist();
    }

    private DataFolder open() {
        return DataFolder.open(temp.resolve("data"));
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
