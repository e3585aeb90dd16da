package platform.core.manager;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import platform.core.api.InstanceId;
import platform.core.api.QuotaChange;
import platform.core.api.QuotaKind;

/** The limits that were set for instances, in the manager's database. They go with the instance, and follow its name. */
final class QuotaTables {

    private final ManagerTables tables;

    QuotaTables(ManagerTables tables) {
        this.tables = tables;
    }

    /** What was set, by instance; those for which nothing was set are left out. */
    Map<InstanceId, Map<QuotaKind, Optional<Long>>> read() {
        return tables.transact("read the quotas", connection -> {
            Map<InstanceId, Map<QuotaKind, Optional<Long>>> quotas = new HashMap<>();
            try (PreparedStatement select = connection.prepareStatement("SELECT domain, name, kind, most FROM quota")) {
                ResultSet row = select.executeQuery();
                while (row.next()) {
                    long most = row.getLong("most");
                    Optional<Long> limit = row.wasNull() ? Optional.empty() : Optional.of(most);
                    quotas.computeIfAbsent(
                                    new InstanceId(row.getString("name"), row.getString("domain")),
                                    id -> new EnumMap<>(QuotaKind.class))
                            .put(QuotaKind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)), limit);
                }
            }
            return quotas;
        });
    }

    /** Keeps a change, whole or not at all. */
    void change(InstanceId id, QuotaChange change) {
        tables.transact("change the quotas of " + id, connection -> {
            try (PreparedStatement delete =
                    connection.prepareStatement("DELETE FROM quota WHERE domain = ? AND name = ? AND kind = ?")) {
                Set<QuotaKind> former = new HashSet<>(change.toDefault());
                former.addAll(change.limits().keySet());
                for (QuotaKind kind : former) {
                    bind(delete, id, kind);
                    delete.executeUpdate();
                }
            }
            try (PreparedStatement insert =
                    connection.prepareStatement("INSERT INTO quota (domain, name, kind, most) VALUES (?, ?, ?, ?)")) {
                for (Map.Entry<QuotaKind, Optional<Long>> limit :
                        change.limits().entrySet()) {
                    bind(insert, id, limit.getKey());
                    insert.setObject(4, limit.getValue().orElse(null), Types.BIGINT);
                    insert.executeUpdate();
                }
            }
            return null;
        });
    }

    private static void bind(PreparedStatement statement, InstanceId id, QuotaKind kind) throws SQLException {
        statement.setString(1, id.domain());
        statement.setString(2, id.name());
        statement.setString(3, kind.name().toLowerCase(Locale.ROOT));
    }
}
