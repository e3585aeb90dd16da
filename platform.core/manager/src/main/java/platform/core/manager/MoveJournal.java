package platform.core.manager;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import platform.core.api.InstanceId;

/** The instances whose databases are being moved from one server to another. Each method is one transaction. */
final class MoveJournal {

    private static final String OF = " WHERE domain = ? AND name = ?";

    private final ManagerTables tables;

    MoveJournal(ManagerTables tables) {
        this.tables = tables;
    }

    /**
     * A move.
     *
     * @param until how long the former database is kept when it is done
     */
    record Move(String source, String target, Instant until) {

        /** What the copy is known by among databases of its name; stays the same when the instance is renamed meanwhile. */
        String mark() {
            return "platform move from " + source + " to " + target + ", kept there until " + until;
        }
    }

    void begin(InstanceId id, Move move) {
        String sql = "INSERT INTO relocation (domain, name, source, target, until) VALUES (?, ?, ?, ?, ?)";
        tables.transact("note the move of " + id, connection -> {
            try (PreparedStatement insert = statement(connection, sql, id)) {
                insert.setString(3, move.source());
                insert.setString(4, move.target());
                insert.setTimestamp(5, Timestamp.from(move.until()));
                return insert.executeUpdate();
            }
        });
    }

    /** The database is complete on the new server: from now on it is the instance's. */
    void arrive(InstanceId id) {
        String sql = "UPDATE instance SET server = (SELECT target FROM relocation r WHERE r.domain = instance.domain"
                + " AND r.name = instance.name)" + OF;
        run("give " + id + " its new database server", sql, id);
    }

    /** Nothing is left to be done. */
    void end(InstanceId id) {
        run("forget the move of " + id, "DELETE FROM relocation" + OF, id);
    }

    Map<InstanceId, Move> begun() {
        return tables.transact("read the moves", connection -> {
            Map<InstanceId, Move> begun = new TreeMap<>();
            try (PreparedStatement select = connection.prepareStatement("SELECT * FROM relocation")) {
                ResultSet row = select.executeQuery();
                while (row.next()) {
                    begun.put(
                            new InstanceId(row.getString("name"), row.getString("domain")),
                            new Move(
                                    row.getString("source"),
                                    row.getString("target"),
                                    row.getTimestamp("until").toInstant()));
                }
            }
            return begun;
        });
    }

    Optional<Move> begun(InstanceId id) {
        return Optional.ofNullable(begun().get(id));
    }

    private void run(String what, String sql, InstanceId id) {
        tables.transact(what, connection -> {
            try (PreparedStatement statement = statement(connection, sql, id)) {
                return statement.executeUpdate();
            }
        });
    }

    private static PreparedStatement statement(Connection connection, String sql, InstanceId id) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        statement.setString(1, id.domain());
        statement.setString(2, id.name());
        return statement;
    }
}
