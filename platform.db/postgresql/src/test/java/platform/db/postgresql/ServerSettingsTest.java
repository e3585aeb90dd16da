package platform.db.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import platform.db.api.DatabaseException;

/** What the files about servers say. */
class ServerSettingsTest {

    @TempDir
    Path data;

    @ParameterizedTest
    @CsvSource({
        "host, '', needs host",
        "port, 70000, port = 70000",
        "port, many, give a number",
        "user, '', needs user",
        "tls, perhaps, 'disable, require, verify-ca or verify-full'",
        "tls, verify-full, needs ca",
        "ca, /nowhere.pem, cannot be read",
        "connections, 10, 30 and more"
    })
    void aSettingThatCannotBeMeantIsNamed(String key, String value, String message) {
        Map<String, String> values = new HashMap<>(Map.of("host", "db.example.com", "user", "me", "tls", "require"));
        assertThat(ServerSettings.of("x", values).endpoint()).hasToString("db.example.com:5432");
        values.put(key, value);
        assertThatThrownBy(() -> ServerSettings.of("x", values))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("etc/platform.db.postgresql.Server-x.cfg")
                .hasMessageContaining(message);
    }

    @Test
    void theDefaultServerIsNamedInTheSettings() throws Exception {
        Path etc = Files.createDirectory(data.resolve("etc"));
        ServerFiles files = new ServerFiles(data);
        assertThat(files.external()).isEmpty();
        Files.writeString(etc.resolve("platform.db.postgresql.cfg"), "db = external\ndb.server = big\n");
        assertThat(files.external()).isEqualTo(Optional.of("big"));
        assertThatThrownBy(() -> ServerSettings.read(data, "big")).hasMessageContaining("there is no");
        Files.writeString(
                etc.resolve("platform.db.postgresql.Server-big.cfg"),
                "host = h\nuser = u\ntls = require\nport = 6000\n");
        assertThat(files.names()).containsExactly("big");
        assertThat(ServerSettings.read(data, "big").endpoint()).hasToString("h:6000");
        Files.writeString(etc.resolve("platform.db.postgresql.cfg"), "db = cloud\n");
        assertThatThrownBy(files::external).hasMessageContaining("give embedded or external");
    }
}
