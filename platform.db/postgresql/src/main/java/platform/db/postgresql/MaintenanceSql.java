package platform.db.postgresql;

/** What maintenance asks the server. */
final class MaintenanceSql {

    private MaintenanceSql() {}

    /** What a process does that vacuums, rewrites a table or makes an index. */
    static final String PROGRESS = """
            WITH me AS (SELECT ?::int AS pid),
            steps AS (
                SELECT pid, phase, heap_blks_scanned AS done, heap_blks_total AS total FROM pg_stat_progress_vacuum
                UNION ALL
                SELECT pid, phase, heap_blks_scanned, heap_blks_total FROM pg_stat_progress_cluster
                UNION ALL
                SELECT pid, phase, blocks_done, blocks_total FROM pg_stat_progress_create_index
                UNION ALL
                SELECT pid, phase, sample_blks_scanned, sample_blks_total FROM pg_stat_progress_analyze)
            SELECT phase || CASE WHEN total > 0 THEN ', ' || least(100, 100 * done / total) || ' %' ELSE '' END
            FROM steps JOIN me USING (pid)
            """;

    private static final String SIZES = """
            SELECT n.nspname AS schema, c.relname AS name, c.relhasindex AS indexed,
                   coalesce(pg_total_relation_size(c.oid), 0) AS bytes,
                   coalesce((SELECT sum(pg_relation_size(i.indexrelid)) FROM pg_index i WHERE i.indrelid = c.oid), 0)
                       AS index_bytes
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE %s (c.relkind IN ('r', 'm') AND c.relpersistence <> 't'
              AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast'))
            ORDER BY bytes, schema, name
            """;

    /** The tables of the owner's own making, the smallest first: what they give back helps the larger ones. */
    static final String TABLES = String.format(SIZES, "");

    /** The same, and the server's own table of large objects, which the owner of the database may vacuum, too. */
    static final String TABLES_AND_LARGE_OBJECTS =
            String.format(SIZES, "c.oid = 'pg_catalog.pg_largeobject'::regclass OR");

    /** The server's own tables in this database. */
    static final String CATALOGS = """
            SELECT 'pg_catalog' AS schema, c.relname AS name FROM pg_class c
            WHERE c.relkind = 'r' AND NOT c.relisshared AND c.relnamespace = 'pg_catalog'::regnamespace
            ORDER BY name
            """;

    /** What a concurrent reindexing that did not come to its end has left. */
    static final String LEFTOVERS = """
            SELECT n.nspname AS schema, c.relname AS name
            FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE NOT i.indisvalid AND c.relkind = 'i' AND c.relname ~ '_cc(new|old)[0-9]*$' AND n.nspname <> 'pg_toast'
            """;
}
