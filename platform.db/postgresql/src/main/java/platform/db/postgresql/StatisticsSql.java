package platform.db.postgresql;

/** What is asked of the server's statistics. */
final class StatisticsSql {

    private StatisticsSql() {}

    /** The platform's databases; can be followed by a condition or an order. */
    static final String DATABASES = """
            SELECT d.datname AS name, r.rolname AS role, pg_database_size(d.oid) AS bytes,
                   s.numbackends AS connections, s.deadlocks, s.temp_bytes,
                   s.blks_hit::float8 / nullif(s.blks_hit + s.blks_read, 0) AS cache_hit,
                   a.longest_ms, coalesce(l.waiting, 0) AS waiting
            FROM pg_database d
            JOIN pg_roles r ON r.oid = d.datdba
            JOIN pg_auth_members m ON m.member = r.oid
            JOIN pg_roles g ON g.oid = m.roleid AND g.rolname = 'platform' AND NOT m.admin_option
            JOIN pg_stat_database s ON s.datid = d.oid
            LEFT JOIN (SELECT datid, (1000 * extract(epoch FROM clock_timestamp() - min(xact_start)))::bigint AS longest_ms
                       FROM pg_stat_activity
                       WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()
                       GROUP BY datid) a ON a.datid = d.oid
            LEFT JOIN (SELECT w.datid, count(DISTINCT w.pid) AS waiting
                       FROM pg_stat_activity w JOIN pg_locks k ON k.pid = w.pid AND NOT k.granted
                       GROUP BY w.datid) l ON l.datid = d.oid
            """;

    /**
     * Sizes, and how much of them the rows as they are now would take. A row has a pointer of 4 bytes and a header of 24;
     * a page of 8192 bytes has a header of 24. An entry of a B-tree has a pointer of 4 and a header of 8; its pages have
     * 40 bytes of their own and are filled to nine tenths. What is shared by equal entries makes an index smaller than
     * that, which then shows as no bloat.
     */
    static final String TABLES = """
            WITH widths AS (
                SELECT c.oid AS starelid, a.attnum AS staattnum, (1 - s.null_frac) * s.avg_width AS width
                FROM pg_stats s
                JOIN pg_namespace n ON n.nspname = s.schemaname
                JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = s.tablename
                JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = s.attname
                WHERE NOT s.inherited),
            heaps AS (SELECT starelid, sum(width) AS width FROM widths GROUP BY starelid),
            entries AS (
                SELECT i.indrelid, i.indexrelid, sum(w.width) AS width
                FROM pg_index i
                JOIN pg_class x ON x.oid = i.indexrelid
                JOIN pg_am m ON m.oid = x.relam AND m.amname = 'btree'
                JOIN widths w ON w.starelid = i.indexrelid
                    OR (w.starelid = i.indrelid AND w.staattnum = ANY (i.indkey::int2[]))
                GROUP BY i.indrelid, i.indexrelid),
            indexes AS (
                SELECT e.indrelid, sum(greatest(0, pg_relation_size(e.indexrelid) - 16384 - 8192
                    * ceil(x.reltuples * (12 + 8 * ceil(e.width / 8)) / (8152 * 0.9)))) AS bloat
                FROM entries e JOIN pg_class x ON x.oid = e.indexrelid AND x.reltuples >= 0
                GROUP BY e.indrelid)
            SELECT n.nspname AS schema, c.relname AS name,
                   coalesce(pg_total_relation_size(c.oid), 0) AS bytes, coalesce(pg_indexes_size(c.oid), 0) AS index_bytes,
                   coalesce(s.n_live_tup, 0) AS live, coalesce(s.n_dead_tup, 0) AS dead,
                   CASE WHEN pg_relation_size(c.oid) = 0 THEN 0 WHEN c.reltuples >= 0 THEN
                       greatest(0, pg_relation_size(c.oid) - 8192
                           * ceil(c.reltuples * (28 + 8 * ceil(h.width / 8)) / 8168)) END::bigint AS bloat,
                   CASE WHEN pg_indexes_size(c.oid) = 0 THEN 0 ELSE x.bloat END::bigint AS index_bloat,
                   greatest(s.last_vacuum, s.last_autovacuum) AS vacuumed,
                   greatest(s.last_analyze, s.last_autoanalyze) AS analyzed
            FROM pg_class c
            JOIN pg_namespace n ON n.oid = c.relnamespace
            LEFT JOIN pg_stat_all_tables s ON s.relid = c.oid
            LEFT JOIN heaps h ON h.starelid = c.oid
            LEFT JOIN indexes x ON x.indrelid = c.oid
            WHERE c.relkind IN ('r', 'm') AND c.relpersistence <> 't'
              AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
            ORDER BY bytes DESC, schema, name
            """;

    /** The waiting sessions of the database that one is connected to. */
    static final String LOCKS = """
            SELECT k.pid, pg_blocking_pids(k.pid) AS blockers, k.mode,
                   (SELECT n.nspname || '.' || c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                    WHERE c.oid = k.relation) AS relation,
                   (1000 * extract(epoch FROM clock_timestamp() - coalesce(k.waitstart, clock_timestamp())))::bigint
                       AS waiting_ms
            FROM pg_locks k
            JOIN pg_stat_activity a ON a.pid = k.pid AND a.datname = current_database()
            WHERE NOT k.granted
            ORDER BY waiting_ms DESC, k.pid
            """;
}
