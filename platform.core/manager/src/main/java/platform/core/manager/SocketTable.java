package platform.core.manager;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.Optional;

/** The password of the manager's socket in the manager's database, sealed. */
final class SocketTable {

    private static final String OWNER = "the manager's socket";

    private final ManagerTables tables;
    private final Seal seal;

    SocketTable(ManagerTables tables, Seal seal) {
        this.tables = tables;
        this.seal = seal;
    }

    /** Empty while there is none. */
    Optional<String> password() {
        return tables.transact("read the password of " + OWNER, connection -> {
            try (PreparedStatement select = connection.prepareStatement("SELECT password FROM manager_socket")) {
                ResultSet row = select.executeQuery();
                return row.next() ? Optional.of(seal.open(row.getString(1), OWNER)) : Optional.empty();
            }
        });
    }

    void keep(String password) {
        String sql = "INSERT INTO manager_socket (password) VALUES (?)"
                + " ON CONFLICT (single) DO UPDATE SET password = excluded.password";
        tables.transact("keep the password of " + OWNER, connection -> {
            try (PreparedStatement upsert = connection.prepareStatement(sql)) {
                upsert.setString(1, seal.seal(password, OWNER));
                return upsert.executeUpdate();
            }
        });
    }

    void remove() {
        tables.transact("remove the password of " + OWNER, connection -> {
            try (PreparedStatement delete = connection.prepareStatement("DELETE FROM manager_socket")) {
                return delete.executeUpdate();
            }
        });
    }
}
