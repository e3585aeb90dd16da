package platform.db.postgresql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Refuses whatever makes a database larger, by what only a superuser can take away: an event trigger against all DDL but that
 * which drops something, a trigger for INSERT and UPDATE on each table, and no right to make or extend large objects. Tables
 * that are made later need nothing: none can be made.
 *
 * <p>The owner of a table could drop its trigger or switch it off, but that is DDL, too. The functions lie in
 * {@code pg_catalog}, the event trigger belongs to the extension {@code plpgsql}, the tables' triggers are marked as the
 * system's, and the rights to large objects as what they have always been: so {@code pg_dump} leaves all of it out, and a
 * backup that is made meanwhile can be restored anywhere.
 */
final class TriggerLock implements WriteLock.Guard {

    private static final Logger LOG = LoggerFactory.getLogger(TriggerLock.class);

    private static final String EVENT_TRIGGER = "platform_write_lock";
    private static final String ROWS = "pg_catalog.platform_refuse_rows()";
    private static final String DDL = "pg_catalog.platform_refuse_ddl()";

    /** Whatever the session has set, names and texts mean the same in the functions. */
    private static final String SETTINGS =
            " LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET standard_conforming_strings = on AS ";

    private static final String HINT = "Reading and deleting go on as ever. Delete rows, truncate or drop tables: the"
            + " database becomes writable by itself when there is room again.";

    /** All that writes large objects; what reads and unlinks them stays. */
    private static final List<String> LARGE_OBJECTS = List.of(
            "lo_creat(integer)",
            "lo_create(oid)",
            "lo_from_bytea(oid, bytea)",
            "lo_put(oid, bigint, bytea)",
            "lowrite(integer, bytea)",
            "lo_truncate(integer, integer)",
            "lo_truncate64(integer, bigint)");

    private static final String EXISTS = "SELECT 1 FROM pg_event_trigger WHERE evtname = '" + EVENT_TRIGGER + "'";
    private static final String FUNCTIONS = "SELECT 1 FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace"
            + " AND proname IN ('platform_refuse_rows', 'platform_refuse_ddl')";
    private static final String UNGUARDED = """
            SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p') AND c.relpersistence <> 't'
              AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
              AND NOT EXISTS (SELECT FROM pg_trigger t JOIN pg_proc f ON f.oid = t.tgfoid
                  WHERE t.tgrelid = c.oid AND f.proname = 'platform_refuse_rows'
                    AND f.pronamespace = 'pg_catalog'::regnamespace)
            ORDER BY c.oid
            """;
    private static final String OWN = "UPDATE pg_trigger SET tgisinternal = true WHERE NOT tgisinternal"
            + " AND tgfoid = 'pg_catalog.platform_refuse_rows()'::regprocedure";

    /** What the rights are, they have been since the database was made: so no dump sets them. */
    private static final String AS_EVER = "INSERT INTO pg_init_privs SELECT oid, 'pg_proc'::regclass, 0, 'i', proacl"
            + " FROM pg_proc p WHERE oid = 'pg_catalog.%s'::regprocedure AND NOT EXISTS (SELECT FROM pg_init_privs i"
            + " WHERE i.objoid = p.oid AND i.classoid = 'pg_proc'::regclass)";

    private static final String NOT_AS_EVER = "DELETE FROM pg_init_privs WHERE classoid = 'pg_proc'::regclass"
            + " AND objoid = 'pg_catalog.%s'::regprocedure";

    /** A table's lock is not to be had now: somebody uses it, or two wait for each other. */
    private static final List<String> BUSY = List.of("55P03", "40P01");

    private final Sessions sessions;

    TriggerLock(Sessions sessions) {
        this.sessions = sessions;
    }

    /** First against new tables, then against new rows in those that there are by then. */
    @Override
    public void close(String database, String reason) {
        sessions.enter(database, "close the database '" + database + "'", connection -> {
            connection.setAutoCommit(false);
            refuse(connection, reason);
            connection.commit();
            sessions.endAll(database);
            Callable<Boolean> guard = () -> {
                guardTables(connection);
                connection.commit();
                return true;
            };
            // Who has a table's lock, and makes us wait for it, has had time enough to finish.
            Cancellable.run(
                    connection, "Closing the database '" + database + "'", guard, () -> sessions.endAll(database));
            return null;
        });
        sessions.endAll(database);
    }

    private static void refuse(Connection connection, String reason) throws SQLException {
        String raise = "RAISE EXCEPTION USING ERRCODE = 'disk_full', MESSAGE = " + Sql.text(reason) + ", HINT = "
                + Sql.text(HINT) + ";";
        function(connection, ROWS, "trigger", "BEGIN " + raise + " END");
        function(
                connection,
                DDL,
                "event_trigger",
                // REINDEX is DDL from PostgreSQL 17 on only.
                "BEGIN IF (tg_tag LIKE 'DROP %' AND tg_tag <> 'DROP TRIGGER') OR tg_tag = 'REINDEX'"
                        + " OR (SELECT rolsuper FROM pg_roles WHERE rolname = session_user) THEN RETURN; END IF; "
                        + raise + " END");
        if (Rows.first(connection, EXISTS, row -> 1).isEmpty()) {
            Rows.execute(
                    connection,
                    "CREATE EVENT TRIGGER " + EVENT_TRIGGER + " ON ddl_command_start EXECUTE FUNCTION " + DDL);
            Rows.execute(connection, "ALTER EXTENSION plpgsql ADD EVENT TRIGGER " + EVENT_TRIGGER);
        }
        for (String function : LARGE_OBJECTS) {
            Rows.execute(connection, "REVOKE EXECUTE ON FUNCTION pg_catalog." + function + " FROM PUBLIC");
            Rows.execute(connection, String.format(AS_EVER, function));
        }
    }

    private static void function(Connection connection, String name, String type, String body) throws SQLException {
        Rows.execute(connection, "CREATE OR REPLACE FUNCTION " + name + " RETURNS " + type + SETTINGS + Sql.text(body));
    }

    private static void guardTables(Connection connection) throws SQLException {
        // A name that nobody can have taken before.
        String trigger = Sql.identifier("platform_write_lock " + UUID.randomUUID());
        Rows.execute(connection, "SET LOCAL lock_timeout = '10s'");
        List<String> tables = Rows.list(
                connection,
                UNGUARDED,
                row -> Sql.identifier(row.getString(1)) + "." + Sql.identifier(row.getString(2)));
        for (String table : tables) {
            Rows.execute(
                    connection,
                    "CREATE TRIGGER " + trigger + " BEFORE INSERT OR UPDATE ON " + table
                            + " FOR EACH STATEMENT EXECUTE FUNCTION " + ROWS);
        }
        Rows.execute(connection, OWN);
    }

    /** Nobody is in the way of the first half; the second needs each table for a moment. */
    @Override
    public boolean open(String database) {
        return sessions.enter(database, "open the database '" + database + "'", connection -> {
            if (Rows.first(connection, FUNCTIONS, row -> 1).isEmpty()) {
                return true;
            }
            connection.setAutoCommit(false);
            permit(connection);
            connection.commit();
            return clear(database, connection);
        });
    }

    private static void permit(Connection connection) throws SQLException {
        function(connection, ROWS, "trigger", "BEGIN RETURN NULL; END");
        if (Rows.first(connection, EXISTS, row -> 1).isPresent()) {
            Rows.execute(connection, "ALTER EXTENSION plpgsql DROP EVENT TRIGGER " + EVENT_TRIGGER);
            Rows.execute(connection, "DROP EVENT TRIGGER " + EVENT_TRIGGER);
        }
        for (String function : LARGE_OBJECTS) {
            Rows.execute(connection, String.format(NOT_AS_EVER, function));
            Rows.execute(connection, "GRANT EXECUTE ON FUNCTION pg_catalog." + function + " TO PUBLIC");
        }
    }

    private static boolean clear(String database, Connection connection) throws SQLException {
        try {
            Rows.execute(connection, "SET LOCAL lock_timeout = '2s'");
            Rows.execute(connection, "DROP FUNCTION IF EXISTS " + ROWS + ", " + DDL + " CASCADE");
            connection.commit();
            return true;
        } catch (SQLException e) {
            if (!BUSY.contains(String.valueOf(e.getSQLState()))) {
                throw e;
            }
            LOG.debug("The triggers in '{}' stay, without effect, until their tables are free", database, e);
            connection.rollback();
            return false;
        }
    }
}
