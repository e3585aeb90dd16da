package platform.db.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import platform.db.api.DatabaseException;

/** Where the server is told to listen. */
class ListenSettingsTest {

    @TempDir
    Path data;

    private ListenSettings read(String text) throws IOException {
        Path file = data.resolve("etc/platform.db.postgresql.cfg");
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return ListenSettings.atStart(data);
    }

    @Test
    void withoutThemItListensOnLoopbackOnly() throws IOException {
        assertThat(ListenSettings.atStart(data)).isEqualTo(ListenSettings.NOWHERE);
        assertThat(read("maintenance.from = off\nport = 1\n").beyondLoopback()).isFalse();
        assertThat(ListenSettings.NOWHERE.server()).isEmpty();
    }

    @Test
    void loopbackIsAlwaysAmongThem() throws IOException {
        assertThat(read("listen = 192.0.2.1\nport = 5444\n").server())
                .containsEntry("listen_addresses", "127.0.0.1,192.0.2.1")
                .containsEntry("port", "5444")
                .containsEntry("ssl", "on");
        assertThat(read("listen = 0.0.0.0").server())
                .containsEntry("listen_addresses", "0.0.0.0")
                .containsEntry("port", "5433");
    }

    @ParameterizedTest
    @ValueSource(strings = {"listen = a'b", "listen = *\nport = 0", "listen = *\nport = 65536", "listen = *\nport = x"})
    void whatMakesNoSenseIsNamed(String text) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("platform.db.postgresql.cfg");
    }
}
