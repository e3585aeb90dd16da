package platform.core.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import platform.core.api.InstanceId;
import platform.core.api.InstanceSpec;
import platform.core.api.PlatformException;

class InstanceDefaultsTest {

    private static final InstanceId ID = InstanceId.parse("acme@example.com");

    @Test
    void fillsInPathDatabaseAndPasswords() {
        InstanceRecord record = InstanceDefaults.complete(InstanceSpec.of(ID, "files"), "embedded", Clock.systemUTC());

        assertThat(record.path()).isEqualTo("/example.com/acme");
        assertThat(record.database()).isEqualTo("example.com_acme");
        assertThat(record.password()).hasSize(20);
        assertThat(record.databasePassword()).hasSize(32).isNotEqualTo(record.password());
        assertThat(record.wanted()).isTrue();
    }

    @Test
    void shortensADatabaseNameThatPostgresqlCouldNotHoldAndKeepsItUnique() {
        String name = "n".repeat(63);
        String one = InstanceDefaults.databaseName(new InstanceId(name, "example.com"));
        String other = InstanceDefaults.databaseName(new InstanceId(name.substring(1) + "x", "example.com"));

        assertThat(one).hasSize(63).startsWith("example.com_nnn");
        assertThat(other).hasSize(63).isNotEqualTo(one);
    }

    @ParameterizedTest
    @ValueSource(strings = {"manager", "postgres", "template1", "pg_own", "", " ", "a\u0000b", "it's", "a\\b"})
    void refusesADatabaseNameThatIsTakenByTheServer(String name) {
        InstanceSpec spec = new InstanceSpec(
                ID, "files", Optional.empty(), Optional.empty(), Optional.of(name), Optional.empty(), Map.of());

        assertThatThrownBy(() -> InstanceDefaults.complete(spec, "embedded", Clock.systemUTC()))
                .isInstanceOf(PlatformException.class)
                .hasMessageContaining("is not allowed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "a\nb"})
    void refusesAPasswordThatNobodyCouldType(String password) {
        assertThatThrownBy(() -> InstanceDefaults.checkPassword(password)).hasMessageContaining("1 to 256 characters");
    }
}
