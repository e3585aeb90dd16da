package platform.db.postgresql;

/** What quotas ask the server. */
final class QuotaSql {

    private QuotaSql() {}

    /** The roles that work in some of the platform's databases, owners and logins for other machines, with what is set for them. */
    static final String ROLES = """
            WITH users AS (
                SELECT oid AS owner, oid AS role FROM pg_roles
                UNION ALL
                SELECT m.roleid, m.member FROM pg_auth_members m
                JOIN pg_auth_members e ON e.member = m.member AND NOT e.admin_option
                JOIN pg_roles x ON x.oid = e.roleid AND x.rolname = 'platform_external')
            SELECT d.datname AS database, r.rolname AS role, r.oid = d.datdba AS owns, r.rolconnlimit AS connections,
                   coalesce(s.setconfig, '{}') AS settings
            FROM pg_database d
            JOIN pg_auth_members o ON o.member = d.datdba AND NOT o.admin_option
            JOIN pg_roles g ON g.oid = o.roleid AND g.rolname = 'platform'
            JOIN users u ON u.owner = d.datdba
            JOIN pg_roles r ON r.oid = u.role
            LEFT JOIN pg_db_role_setting s ON s.setrole = r.oid AND s.setdatabase = 0
            WHERE d.datname = ANY (?)
            """;

    /** The sessions at work or in a transaction, but those of the platform itself. */
    static final String SESSIONS = """
            SELECT a.pid, a.datname AS database, a.query_start::text AS begun, a.state_change::text AS changed,
                   CASE WHEN a.state IN ('active', 'fastpath function call')
                       THEN (1000 * extract(epoch FROM clock_timestamp() - a.query_start))::bigint END AS running_ms,
                   CASE WHEN a.state LIKE 'idle in transaction%'
                       THEN (1000 * extract(epoch FROM clock_timestamp() - a.state_change))::bigint END AS idle_ms
            FROM pg_stat_activity a JOIN pg_roles r ON r.oid = a.usesysid
            WHERE NOT r.rolsuper AND NOT starts_with(r.rolname, 'platform session ')
            """;

    /** How many sessions a database has, and what they have in temporary files. */
    static final String USE = """
            WITH mine AS (SELECT pid FROM pg_stat_activity WHERE datname = ? AND backend_type = 'client backend')
            SELECT (SELECT count(*) FROM mine) AS connections,
                   (SELECT coalesce(sum(f.size), 0) FROM pg_ls_tmpdir() f
                    JOIN mine ON mine.pid = substring(f.name FROM '^pgsql_tmp([0-9]+)')::int) AS temporary
            """;

    /** The same for who may not look at the temporary files. */
    static final String USE_WITHOUT_FILES = """
            SELECT count(*) AS connections, 0 AS temporary
            FROM pg_stat_activity WHERE datname = ? AND backend_type = 'client backend'
            """;

    static final String SEES_FILES = "SELECT has_function_privilege('pg_ls_tmpdir()', 'EXECUTE')";

    /** What changes when something happens in a database; a transaction that goes on has not been counted yet. */
    static final String ACTIVITY = """
            SELECT s.datname AS database,
                   concat_ws(' ', s.xact_commit, s.xact_rollback, s.tup_inserted, s.tup_updated, s.stats_reset) AS done,
                   EXISTS (SELECT FROM pg_stat_activity a WHERE a.datid = s.datid AND a.backend_xid IS NOT NULL) AS writes
            FROM pg_stat_database s WHERE s.datname IS NOT NULL
            """;

    /** What was removed from the tables of a database since its statistics began. */
    static final String REMOVED = """
            SELECT n.nspname AS schema, c.relname AS name, pg_total_relation_size(c.oid) AS bytes,
                   s.n_live_tup AS live, s.n_tup_del + s.n_tup_upd - s.n_tup_hot_upd AS removed
            FROM pg_stat_all_tables s
            JOIN pg_class c ON c.oid = s.relid
            JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relpersistence <> 't' AND (c.oid = 'pg_largeobject'::regclass
                OR n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast'))
            """;
}
