package platform.core.manager;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import platform.core.api.AccessScope;
import platform.core.api.Role;
import platform.core.api.TokenInfo;

/** The users and their tokens in the manager's database. */
final class UserTables {

    private final ManagerTables tables;
    private final Seal seal;

    UserTables(ManagerTables tables, Seal seal) {
        this.tables = tables;
        this.seal = seal;
    }

    List<Account> accounts() {
        return tables.transact("read the users", connection -> {
            try (PreparedStatement select = connection.prepareStatement("SELECT * FROM account")) {
                List<Account> accounts = new ArrayList<>();
                ResultSet row = select.executeQuery();
                while (row.next()) {
                    accounts.add(account(row));
                }
                return accounts;
            }
        });
    }

    private Account account(ResultSet row) throws SQLException {
        String name = row.getString("name");
        return new Account(
                name,
                Role.parse(row.getString("role")),
                AccessScope.parse(row.getString("scope")),
                row.getString("password"),
                Optional.ofNullable(row.getString("totp")).map(secret -> seal.open(secret, totpOf(name))),
                row.getBoolean("enabled"),
                row.getTimestamp("created").toInstant(),
                row.getTimestamp("password_changed").toInstant());
    }

    private static String totpOf(String name) {
        return "user " + name + " totp";
    }

    /** Adds a user, or replaces what is known of him. */
    void keep(Account account) {
        String sql = "INSERT INTO account (name, role, scope, password, totp, enabled, created, password_changed)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (name) DO UPDATE SET role = excluded.role,"
                + " scope = excluded.scope, password = excluded.password, totp = excluded.totp,"
                + " enabled = excluded.enabled, password_changed = excluded.password_changed";
        tables.transact("keep the user " + account.name(), connection -> {
            try (PreparedStatement upsert = connection.prepareStatement(sql)) {
                upsert.setString(1, account.name());
                upsert.setString(2, account.role().toString());
                upsert.setString(3, account.scope().toString());
                upsert.setString(4, account.password());
                upsert.setString(
                        5,
                        account.totp()
                                .map(secret -> seal.seal(secret, totpOf(account.name())))
                                .orElse(null));
                upsert.setBoolean(6, account.enabled());
                upsert.setTimestamp(7, Timestamp.from(account.created()));
                upsert.setTimestamp(8, Timestamp.from(account.passwordChanged()));
                return upsert.executeUpdate();
            }
        });
    }

    /** Makes scopes follow a domain to its new name. */
    static void renameDomain(Connection connection, String oldName, String newName) throws SQLException {
        String domain = "(^|,)([^,@]*@)" + oldName.replace(".", "\\.") + "(?=,|$)";
        for (String table : List.of("account", "token")) {
            try (PreparedStatement update = connection.prepareStatement(
                    "UPDATE " + table + " SET scope = regexp_replace(scope, ?, ?, 'g') WHERE scope ~ ?")) {
                update.setString(1, domain);
                update.setString(2, "\\1\\2" + newName);
                update.setString(3, domain);
                update.executeUpdate();
            }
        }
    }

    /** Removes a user with his tokens. */
    void removeAccount(String name) {
        remove("account", name);
    }

    List<ApiToken> tokens() {
        return tables.transact("read the API tokens", connection -> {
            try (PreparedStatement select = connection.prepareStatement("SELECT * FROM token")) {
                List<ApiToken> tokens = new ArrayList<>();
                ResultSet row = select.executeQuery();
                while (row.next()) {
                    tokens.add(token(row));
                }
                return tokens;
            }
        });
    }

    private static ApiToken token(ResultSet row) throws SQLException {
        return new ApiToken(
                new TokenInfo(
                        row.getString("name"),
                        row.getString("account"),
                        Role.parse(row.getString("role")),
                        AccessScope.parse(row.getString("scope")),
                        row.getTimestamp("created").toInstant(),
                        row.getTimestamp("expires").toInstant()),
                row.getString("sha256"));
    }

    void add(ApiToken token) {
        String sql = "INSERT INTO token (name, account, role, scope, sha256, created, expires)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?)";
        TokenInfo info = token.info();
        tables.transact("keep the API token " + info.name(), connection -> {
            try (PreparedStatement insert = connection.prepareStatement(sql)) {
                insert.setString(1, info.name());
                insert.setString(2, info.user());
                insert.setString(3, info.role().toString());
                insert.setString(4, info.scope().toString());
                insert.setString(5, token.sha256());
                insert.setTimestamp(6, Timestamp.from(info.created()));
                insert.setTimestamp(7, Timestamp.from(info.expires()));
                return insert.executeUpdate();
            }
        });
    }

    void removeToken(String name) {
        remove("token", name);
    }

    private void remove(String table, String name) {
        tables.transact("remove the " + table + " " + name, connection -> {
            try (PreparedStatement delete = connection.prepareStatement("DELETE FROM " + table + " WHERE name = ?")) {
                delete.setString(1, name);
                return delete.executeUpdate();
            }
        });
    }
}
