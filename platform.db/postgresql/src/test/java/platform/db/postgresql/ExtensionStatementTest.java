package platform.db.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import platform.db.api.DatabaseException;

/** What the platform finds in scripts. */
class ExtensionStatementTest {

    private static ExtensionStatement dblink(boolean repeatable) {
        return new ExtensionStatement("dblink", repeatable, Optional.empty(), Optional.empty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE EXTENSION IF NOT EXISTS dblink",
                "create extension if not exists DbLink;",
                "SELECT 1; CREATE\n\tEXTENSION -- why\n IF/* not /* yet */ */NOT\r\nEXISTS \"dblink\" CASCADE;\nSELECT 2",
                "INSERT INTO t VALUES ('it''s; ', E'\\'; ', $$;'$$, $a$ $b$ ; $a$);CREATE EXTENSION IF NOT EXISTS dblink",
            })
    void itIsFoundHoweverItIsWritten(String script) {
        assertThat(ExtensionStatement.in(script)).containsExactly(dblink(true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-- CREATE EXTENSION dblink",
                "/* ; CREATE EXTENSION dblink; */ SELECT 1",
                "SELECT '; CREATE EXTENSION dblink; '",
                "SELECT E'\\'; CREATE EXTENSION dblink; '",
                "SELECT \"; CREATE EXTENSION dblink; \"",
                "DO $do$ BEGIN; CREATE EXTENSION dblink; END $do$",
                "DROP EXTENSION dblink; ALTER EXTENSION dblink UPDATE; COMMENT ON EXTENSION dblink IS 'CREATE'",
                "",
            })
    void whatIsNoStatementOfItsOwnIsNot(String script) {
        assertThat(ExtensionStatement.in(script)).isEmpty();
    }

    @Test
    void itsOptionsAreUnderstood() {
        assertThat(ExtensionStatement.in(
                        "CREATE EXTENSION \"Odd \"\"one\" WITH VERSION '1.2' SCHEMA Tools; CREATE EXTENSION dblink"))
                .containsExactly(
                        new ExtensionStatement("Odd \"one", false, Optional.of("tools"), Optional.of("1.2")),
                        dblink(false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE EXTENSION",
                "CREATE EXTENSION IF EXISTS dblink",
                "CREATE EXTENSION public.dblink",
                "CREATE EXTENSION 'dblink'",
                "CREATE EXTENSION dblink SCHEMA",
                "CREATE EXTENSION dblink SCHEMA a SCHEMA b",
                "CREATE EXTENSION U&\"d\\0062link\"",
                "CREATE EXTENSION dblink, file_fdw",
            })
    void whatTheServerWouldNotUnderstandEitherIsRefused(String script) {
        assertThatThrownBy(() -> ExtensionStatement.in(script))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("CREATE EXTENSION IF NOT EXISTS name");
    }
}
