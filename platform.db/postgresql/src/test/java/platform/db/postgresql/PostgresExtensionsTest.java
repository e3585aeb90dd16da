package platform.db.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import platform.db.api.Database;
import platform.db.api.DatabaseException;
import platform.db.api.DatabaseSpec;
import platform.db.api.ExtensionStatus;

/** Extensions that are trusted, allowed, and neither. */
class PostgresExtensionsTest {

    @TempDir
    private Path folder;

    private final DatabaseSpec spec = TestPostgres.newDatabase();
    private Set<String> allowed = Set.of("dblink", "earthdistance", "file_fdw", "pageinspect");
    private final PostgresExtensions extensions = new PostgresExtensions(TestPostgres.sessions(), () -> allowed);
    private Database database;

    @BeforeEach
    void open() {
        database = TestPostgres.databases().open(spec);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private int migrate(String sql) throws IOException {
        Path script = Files.writeString(folder.resolve("V1__it.sql"), sql);
        return Migrations.apply(
                spec.database(),
                database.dataSource(),
                database.dataSource(),
                List.of(script.toUri().toURL()),
                wanted -> extensions.prepare(spec.database(), wanted));
    }

    private Optional<String> one(String sql) throws SQLException {
        try (Connection connection = database.dataSource().getConnection()) {
            return Rows.first(connection, sql, row -> row.getString(1));
        }
    }

    private ExtensionStatus status(String name) {
        return extensions.list(spec.database()).stream()
                .filter(it -> it.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aScriptGetsWhatIsAllowed() throws Exception {
        assertThat(migrate("create extension if not exists PageInspect; CREATE TABLE t (id int)"))
                .isEqualTo(1);

        assertThat(status("pageinspect").installed()).isPresent();
        assertThat(one("SELECT nspname FROM pg_extension x JOIN pg_namespace n ON n.oid = extnamespace"
                        + " WHERE extname = 'pageinspect' AND extowner = 10"))
                .contains("public");
        assertThat(one("SELECT 1 FROM pg_namespace WHERE nspname = 'platform extension'"))
                .isEmpty();
    }

    @Test
    void aScriptDoesNotGetWhatIsNotAllowedAndIsTold() throws Exception {
        assertThatThrownBy(() -> migrate("CREATE TABLE t (id int); CREATE EXTENSION IF NOT EXISTS postgres_fdw"))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("postgres_fdw")
                .hasMessageContaining("extensions in etc/platform.db.postgresql.cfg");
        assertThat(one("SELECT 1 FROM pg_tables WHERE tablename = 't'")).isEmpty();
        // Hidden from the platform it is the server that refuses.
        assertThatThrownBy(() -> migrate("DO $$ BEGIN CREATE EXTENSION pageinspect; END $$"))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("permission denied");
    }

    @Test
    void whatTheServerLacksOrIsNotRepeatableIsRefused() {
        assertThatThrownBy(() -> migrate("CREATE EXTENSION IF NOT EXISTS \"PageInspect\""))
                .hasMessageContaining("has no extension 'PageInspect'");
        assertThatThrownBy(() -> migrate("CREATE EXTENSION pageinspect"))
                .hasMessageContaining("CREATE EXTENSION IF NOT EXISTS");
        assertThatThrownBy(() -> migrate("CREATE EXTENSION IF NOT EXISTS pageinspect SCHEMA nowhere"))
                .hasMessageContaining("nowhere");
        assertThat(status("pageinspect").installed()).isEmpty();
    }

    @Test
    void anAppliedScriptNeedsNoLeaveAnyMore() throws Exception {
        migrate("CREATE EXTENSION IF NOT EXISTS dblink; CREATE EXTENSION hstore");
        allowed = Set.of();
        assertThat(migrate("CREATE EXTENSION IF NOT EXISTS dblink; CREATE EXTENSION hstore"))
                .isZero();
        // The trusted one is the app's own.
        assertThat(one("SELECT rolname FROM pg_extension JOIN pg_roles r ON r.oid = extowner WHERE extname = 'hstore'"))
                .contains(spec.role());
    }

    @Test
    void whatAnExtensionNeedsComesWithIt() throws Exception {
        migrate("CREATE EXTENSION IF NOT EXISTS earthdistance CASCADE");
        assertThat(one("SELECT rolname FROM pg_extension JOIN pg_roles r ON r.oid = extowner WHERE extname = 'cube'"))
                .contains(spec.role());
        assertThat(one("SELECT earth_distance(ll_to_earth(0, 0), ll_to_earth(0, 1)) > 100000"))
                .contains("t");
    }

    /** A function that fits better than the server's own would run with the superuser's rights. */
    @Test
    void nothingOfTheInstancesRunsInTheSuperusersSession() throws Exception {
        try (Connection connection = database.dataSource().getConnection()) {
            Rows.execute(connection, "CREATE TABLE public.caught (who text)");
            Rows.execute(
                    connection,
                    "CREATE FUNCTION public.trap() RETURNS int LANGUAGE sql AS"
                            + " 'INSERT INTO public.caught VALUES (current_user) RETURNING 1'");
            Rows.execute(
                    connection,
                    "CREATE FUNCTION public.set_config(varchar, varchar, bool) RETURNS text LANGUAGE sql AS"
                            + " 'SELECT public.trap()::text'");
            Rows.execute(connection, "ALTER DATABASE \"" + spec.database() + "\" SET search_path = public, pg_catalog");
        }
        extensions.create(spec.database(), "earthdistance");
        extensions.create(spec.database(), "dblink");
        assertThat(one("SELECT who FROM public.caught")).isEmpty();
    }

    @Test
    void aForeignDataWrapperThatIsAllowedCanBeUsedAndReadsNoFiles() throws Exception {
        extensions.create(spec.database(), "file_fdw");
        try (Connection connection = database.dataSource().getConnection()) {
            Rows.execute(connection, "CREATE SERVER files FOREIGN DATA WRAPPER file_fdw");
            assertThatThrownBy(() -> Rows.execute(
                            connection,
                            "CREATE FOREIGN TABLE f (x text) SERVER files OPTIONS (filename '/etc/passwd')"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("filename");
        }
    }

    @Test
    void anAdministratorSeesAndCreatesThem() {
        assertThat(status("hstore")).satisfies(it -> {
            assertThat(it.trusted()).isTrue();
            assertThat(it.allowed()).isFalse();
            assertThat(it.installed()).isEmpty();
            assertThat(it.comment()).isNotBlank();
        });
        extensions.create(spec.database(), "hstore");
        extensions.create(spec.database(), "hstore");
        extensions.create(spec.database(), "dblink");
        assertThat(status("hstore").installed()).isPresent();
        assertThat(status("dblink").installed()).isPresent();
        assertThatThrownBy(() -> extensions.create(spec.database(), "postgres_fdw"))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("SECURITY.md");
        assertThatThrownBy(() -> extensions.create("postgres", "dblink")).isInstanceOf(DatabaseException.class);
    }

    @Test
    void theSettingIsReadWhenItMatters() throws IOException {
        assertThat(ExtensionSettings.now(folder)).isEmpty();
        Path etc = Files.createDirectories(folder.resolve("etc"));
        Files.writeString(etc.resolve("platform.db.postgresql.cfg"), "extensions = dblink, file_fdw\n");
        assertThat(ExtensionSettings.now(folder)).containsExactlyInAnyOrder("dblink", "file_fdw");
    }
}
