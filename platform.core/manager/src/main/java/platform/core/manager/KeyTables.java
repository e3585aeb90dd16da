package platform.core.manager;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import platform.core.api.UserKey;

/** The users' SSH keys in the manager's database. */
final class KeyTables {

    private final ManagerTables tables;

    KeyTables(ManagerTables tables) {
        this.tables = tables;
    }

    List<UserKey> keys() {
        return tables.transact("read the users' SSH keys", connection -> {
            try (PreparedStatement select =
                    connection.prepareStatement("SELECT * FROM ssh_key ORDER BY account, fingerprint")) {
                List<UserKey> keys = new ArrayList<>();
                ResultSet row = select.executeQuery();
                while (row.next()) {
                    keys.add(new UserKey(
                            row.getString("account"),
                            row.getString("line"),
                            row.getString("fingerprint"),
                            row.getTimestamp("added").toInstant()));
                }
                return keys;
            }
        });
    }

    void add(UserKey key) {
        String sql = "INSERT INTO ssh_key (account, fingerprint, line, added) VALUES (?, ?, ?, ?)";
        tables.transact("keep an SSH key of the user " + key.user(), connection -> {
            try (PreparedStatement insert = connection.prepareStatement(sql)) {
                insert.setString(1, key.user());
                insert.setString(2, key.fingerprint());
                insert.setString(3, key.line());
                insert.setTimestamp(4, Timestamp.from(key.added()));
                return insert.executeUpdate();
            }
        });
    }

    void remove(UserKey key) {
        String sql = "DELETE FROM ssh_key WHERE account = ? AND fingerprint = ?";
        tables.transact("remove an SSH key of the user " + key.user(), connection -> {
            try (PreparedStatement delete = connection.prepareStatement(sql)) {
                delete.setString(1, key.user());
                delete.setString(2, key.fingerprint());
                return delete.executeUpdate();
            }
        });
    }
}
