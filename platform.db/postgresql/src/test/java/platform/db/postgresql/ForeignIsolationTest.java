package platform.db.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import platform.db.api.DatabaseSpec;

/** The same attempts on a server that somebody else runs, where the platform's login is no superuser. */
class ForeignIsolationTest extends IsolationTest {

    private final ForeignPostgres foreign = ForeignPostgres.ofThisMachine();
    private final ServedServer served = foreign.served();
    private int number;

    @AfterAll
    void stop() {
        served.close();
        foreign.close();
    }

    @Override
    DatabaseSpec newDatabase() {
        String name = "far " + ++number;
        DatabaseSpec spec = new DatabaseSpec(name, name, "password of " + name);
        served.databases().createRole(spec);
        served.databases().createDatabase(spec);
        return spec;
    }

    @Override
    int port() {
        return foreign.port();
    }

    @Override
    List<String> administrators() {
        return List.of("dba", ForeignPostgres.ADMINISTRATOR);
    }

    @Override
    boolean closesTheServersOwnDatabases() {
        return false;
    }

    /** PostgreSQL 14 lets everybody make things in the schema that usual sessions search, if they may connect. */
    @Test
    void itLaysNoTrapsForThePlatform() throws Exception {
        DatabaseSpec evil = newDatabase();
        try (Connection dba = foreign.superuser("postgres");
                Connection trapper = connect(evil, "postgres")) {
            Rows.execute(dba, "GRANT CREATE ON SCHEMA public TO PUBLIC");
            for (String type : List.of("text", "varchar")) {
                String function = "trap(name, " + type + ")";
                Rows.execute(
                        trapper,
                        "CREATE FUNCTION public." + function + " RETURNS boolean LANGUAGE plpgsql"
                                + " AS $$ BEGIN RAISE 'trapped %', current_user; END $$");
                Rows.execute(
                        trapper,
                        "CREATE OPERATOR public.= (LEFTARG = name, RIGHTARG = " + type + ", FUNCTION = public.trap)");
            }
            try (ServedServer another = foreign.served()) {
                DatabaseSpec spec = newDatabase();
                assertThat(another.databases().isTaken(spec.database())).isTrue();
                another.databases().dropDatabase(spec.database());
                another.databases().dropRole(spec.role());
            } finally {
                Rows.execute(trapper, "DROP OWNED BY CURRENT_USER");
                Rows.execute(dba, "REVOKE CREATE ON SCHEMA public FROM PUBLIC");
            }
        }
    }

    /** As docs/database.md says. */
    @Test
    void itsAdministratorClosesTheServersOwnDatabases() throws Exception {
        try (Connection dba = foreign.superuser("postgres")) {
            Rows.execute(dba, "REVOKE CONNECT ON DATABASE postgres, template1 FROM PUBLIC");
            Rows.execute(dba, "GRANT CONNECT ON DATABASE postgres TO \"" + ForeignPostgres.ADMINISTRATOR + "\"");
            mustNotEnter("postgres");
            mustNotEnter("template1");
            assertThat(served.version()).as("what needs a new connection").startsWith("15");
            Rows.execute(dba, "GRANT CONNECT ON DATABASE postgres, template1 TO PUBLIC");
        }
    }
}
