package platform.core.manager;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import platform.core.api.AccessScope;
import platform.core.api.AuditEntry;
import platform.core.api.AuditEvent;
import platform.core.api.Caller;
import platform.core.api.Role;

/** The entries of the audit in the manager's database. */
final class AuditTables {

    private static final int PAGE = 500;

    private final ManagerTables tables;

    AuditTables(ManagerTables tables) {
        this.tables = tables;
    }

    /** The hash of an entry that follows one of that hash. No text can hold the separator. */
    static String hash(String former, AuditEntry entry) {
        AuditEvent event = entry.event();
        String text = String.join(
                "\0",
                former,
                String.valueOf(entry.number()),
                entry.at().toString(),
                event.caller().user(),
                event.caller().role().toString(),
                event.caller().scope().toString(),
                event.caller().origin().toString(),
                event.caller().from(),
                event.action(),
                event.arguments(),
                event.target(),
                entry.result(),
                entry.ends().isPresent() ? String.valueOf(entry.ends().getAsLong()) : "",
                entry.before(),
                entry.after());
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    void insert(AuditEntry entry) {
        String sql = "INSERT INTO audit (number, at, account, role, scope, origin, source, action, arguments, target,"
                + " result, ends, before, after, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
        Caller caller = entry.event().caller();
        tables.transact("write the audit", connection -> {
            try (PreparedStatement insert = connection.prepareStatement(sql)) {
                insert.setLong(1, entry.number());
                insert.setTimestamp(2, Timestamp.from(entry.at()));
                insert.setString(3, caller.user());
                insert.setString(4, caller.role().toString());
                insert.setString(5, caller.scope().toString());
                insert.setString(6, caller.origin().toString());
                insert.setString(7, caller.from());
                insert.setString(8, entry.event().action());
                insert.setString(9, entry.event().arguments());
                insert.setString(10, entry.event().target());
                insert.setString(11, entry.result());
                insert.setObject(12, entry.ends().isPresent() ? entry.ends().getAsLong() : null, Types.BIGINT);
                insert.setString(13, entry.before());
                insert.setString(14, entry.after());
                insert.setString(15, entry.hash());
                return insert.executeUpdate();
            }
        });
    }

    /** The last entry's place; the start when there is none. */
    AuditLink last() {
        return last("", select -> {}).orElse(AuditLink.START);
    }

    /** The place of the last entry that is older than that. */
    Optional<AuditLink> lastBefore(Instant time) {
        return last("WHERE at < ?", select -> select.setTimestamp(1, Timestamp.from(time)));
    }

    /** Sets the parameters of a statement. */
    private interface Binding {
        void set(PreparedStatement statement) throws SQLException;
    }

    private Optional<AuditLink> last(String where, Binding binding) {
        String sql = "SELECT number, hash FROM audit " + where + " ORDER BY number DESC LIMIT 1";
        return tables.transact("read the audit", connection -> {
            try (PreparedStatement select = connection.prepareStatement(sql)) {
                binding.set(select);
                ResultSet row = select.executeQuery();
                return row.next() ? Optional.of(new AuditLink(row.getLong(1), row.getString(2))) : Optional.empty();
            }
        });
    }

    /** How many there are up to that number. */
    long count(long number) {
        return tables.transact("count the oldest of the audit", connection -> {
            try (PreparedStatement select =
                    connection.prepareStatement("SELECT count(*) FROM audit WHERE number <= ?")) {
                select.setLong(1, number);
                ResultSet row = select.executeQuery();
                row.next();
                return row.getLong(1);
            }
        });
    }

    /** Removes all up to that number. */
    void remove(long number) {
        tables.transact("remove the oldest of the audit", connection -> {
            try (PreparedStatement delete = connection.prepareStatement("DELETE FROM audit WHERE number <= ?")) {
                delete.setLong(1, number);
                return delete.executeUpdate();
            }
        });
    }

    /** Beginnings and refusals, the newest first, with the result of their ends, and what was typed until then. */
    List<AuditEntry> list(Instant since, int limit, String word) {
        String sql = "SELECT a.number, a.at, a.account, a.role, a.scope, a.origin, a.source, a.action,"
                + " coalesce(e.arguments, a.arguments) AS arguments, a.target,"
                + " coalesce(e.result, a.result) AS result, a.ends, coalesce(e.before, '') AS before,"
                + " coalesce(e.after, '') AS after, a.hash FROM audit a LEFT JOIN audit e ON e.ends = a.number"
                + " WHERE a.ends IS NULL AND a.at >= ?"
                + " AND position(lower(?) IN lower(concat_ws(' ', a.account, a.action, a.arguments, e.arguments,"
                + " a.target))) > 0"
                + " ORDER BY a.number DESC LIMIT ?";
        return tables.transact("read the audit", connection -> {
            try (PreparedStatement select = connection.prepareStatement(sql)) {
                select.setTimestamp(1, Timestamp.from(since));
                select.setString(2, word);
                select.setInt(3, limit);
                List<AuditEntry> entries = new ArrayList<>();
                ResultSet row = select.executeQuery();
                while (row.next()) {
                    entries.add(entry(row));
                }
                return entries;
            }
        });
    }

    /** All since then in their order, page by page: they may be more than fit into memory. */
    void read(Instant since, Consumer<AuditEntry> reader) {
        String sql = "SELECT * FROM audit WHERE at >= ? ORDER BY number";
        tables.transact("read the audit", connection -> {
            try (PreparedStatement select = connection.prepareStatement(sql)) {
                select.setFetchSize(PAGE);
                select.setTimestamp(1, Timestamp.from(since));
                ResultSet row = select.executeQuery();
                while (row.next()) {
                    reader.accept(entry(row));
                }
            }
            return null;
        });
    }

    private static AuditEntry entry(ResultSet row) throws SQLException {
        String scope = row.getString("scope");
        Caller caller = new Caller(
                row.getString("account"),
                Role.parse(row.getString("role")),
                // Somebody who was refused a login has none.
                scope.isEmpty() ? AccessScope.NOTHING : AccessScope.parse(scope),
                Caller.Origin.valueOf(row.getString("origin").toUpperCase(Locale.ROOT)),
                row.getString("source"));
        long ends = row.getLong("ends");
        OptionalLong beginning = row.wasNull() ? OptionalLong.empty() : OptionalLong.of(ends);
        return new AuditEntry(
                row.getLong("number"),
                row.getTimestamp("at").toInstant(),
                new AuditEvent(caller, row.getString("action"), row.getString("arguments"), row.getString("target")),
                row.getString("result"),
                beginning,
                row.getString("before"),
                row.getString("after"),
                row.getString("hash"));
    }
}
