package platform.db.postgresql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import platform.db.api.Quota;
import platform.db.api.QuotaState;
import platform.db.api.QuotaUse;
import platform.db.api.Quotas;

/** Quotas of the databases on our server: those of which it was told, until it is told others. */
final class PostgresQuotas implements Quotas {

    private final Map<String, Quota> quotas = new ConcurrentHashMap<>();
    private final Sessions sessions;
    private final RoleLimits roles;
    private final OverlongSessions overlong;
    private final DatabaseSizes sizes;
    private final BiConsumer<String, Optional<Integer>> pools;

    /**
     * @param administrator for what a new instance waits for
     * @param pools hears how many connections the pools of a database may open
     * @param executor rewrites tables, which takes long
     */
    PostgresQuotas(
            Sessions sessions,
            Administrator administrator,
            PostgresMaintenance maintenance,
            BiConsumer<String, Optional<Integer>> pools,
            Executor executor) {
        this.sessions = sessions;
        this.roles = new RoleLimits(administrator, sessions.server().isSuperuser());
        this.overlong = new OverlongSessions(sessions);
        this.sizes =
                new DatabaseSizes(sessions, new WriteLock(sessions), new Shrinking(sessions, maintenance, executor));
        this.pools = pools;
    }

    @Override
    public void apply(Map<String, Quota> changed) {
        roles.apply(changed);
        changed.forEach((database, quota) -> {
            quotas.put(database, quota);
            pools.accept(database, quota.connections());
        });
    }

    @Override
    public QuotaUse use(String database) {
        sessions.owner(database);
        OverlongSessions.Longest longest = overlong.longest(database);
        long bytes = sizes.bytes(database);
        return sessions.administer(
                "see what '" + database + "' uses",
                connection -> Rows.first(
                                connection,
                                seesFiles(connection) ? QuotaSql.USE : QuotaSql.USE_WITHOUT_FILES,
                                row -> new QuotaUse(
                                        row.getInt("connections"),
                                        longest.statement(),
                                        longest.idle(),
                                        row.getLong("temporary"),
                                        bytes,
                                        sizes.isClosed(database)),
                                database)
                        .orElseThrow());
    }

    private static boolean seesFiles(Connection connection) throws SQLException {
        return Rows.first(connection, QuotaSql.SEES_FILES, row -> row.getBoolean(1))
                .orElse(false);
    }

    @Override
    public synchronized List<QuotaState> check() {
        overlong.end(quotas);
        return sizes.check(quotas);
    }
}
