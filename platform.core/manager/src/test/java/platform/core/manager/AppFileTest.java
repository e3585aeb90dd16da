package platform.core.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import platform.core.api.PlatformException;

class AppFileTest {

    @TempDir
    Path folder;

    @Test
    void readsNameTitleAndVersionOfAnApp() {
        AppFile file = AppFile.read(Fakes.jar(folder.resolve("a.jar"), "notes", "1.2.3"));

        assertThat(file.name()).isEqualTo("notes");
        assertThat(file.title()).isEqualTo("The notes");
        assertThat(file.version()).isEqualTo("1.2.3");
        assertThat(file.symbolicName()).isEqualTo("app.notes");
    }

    @Test
    void refusesATextFile() throws IOException {
        Path text = Files.writeString(folder.resolve("a.jar"), "this is no jar");

        assertThatThrownBy(() -> AppFile.read(text))
                .isInstanceOf(PlatformException.class)
                .hasMessageContaining("not a complete jar");
    }

    @Test
    void refusesAJarThatWasCutInHalf() throws IOException {
        Path jar = Fakes.jar(folder.resolve("a.jar"), "notes", "1.0.0");
        try (RandomAccessFile file = new RandomAccessFile(jar.toFile(), "rw")) {
            file.setLength(file.length() / 2);
        }

        assertThatThrownBy(() -> AppFile.read(jar)).hasMessageContaining("not a complete jar");
    }

    @Test
    void refusesAJarWithADamagedEntry() throws IOException {
        Path jar = Fakes.jar(folder.resolve("a.jar"), "notes", "1.0.0");
        byte[] content = Files.readAllBytes(jar);
        int entry = new String(content, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf("content.txt");
        for (int i = 20; i < 40; i++) {
            content[entry + i] ^= 0x55;
        }
        Files.write(jar, content);

        assertThatThrownBy(() -> AppFile.read(jar)).hasMessageContaining("not a complete jar");
    }

    @Test
    void refusesAJarThatIsNoBundle() {
        Path jar = Fakes.jar(folder.resolve("a.jar"), new Manifest());

        assertThatThrownBy(() -> AppFile.read(jar)).hasMessageContaining("lacks Bundle-SymbolicName");
    }

    @Test
    void refusesABundleThatIsNoApp() {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().putValue("Manifest-Version", "1.0");
        manifest.getMainAttributes().putValue("Bundle-SymbolicName", "some.library");
        Path jar = Fakes.jar(folder.resolve("a.jar"), manifest);

        assertThatThrownBy(() -> AppFile.read(jar)).hasMessageContaining("is not an app");
    }

    @ParameterizedTest
    @ValueSource(strings = {"No_Name", "7up", "platform", "postgresql"})
    void refusesANameThatIsNotAllowed(String name) {
        Path jar = Fakes.jar(folder.resolve("a.jar"), name, "1.0.0");

        assertThatThrownBy(() -> AppFile.read(jar)).hasMessageContaining("'" + name + "' is not allowed");
    }
}
