package platform.db.api;

import java.util.Objects;

/**
 * How another process of this machine connects to an open database. A {@link Database#dataSource()} gives it by
 * {@link javax.sql.DataSource#unwrap}, as it is at that moment: a role's password may be changed.
 *
 * @param url of PostgreSQL's JDBC driver, without login
 * @param role the database's owner
 * @param password the role's; never in {@link #toString()}
 * @param connections how many it may open
 */
public record DatabaseAccess(String url, String role, String password, int connections) {
    public DatabaseAccess {
        Objects.requireNonNull(url, "url");
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(password, "password");
    }

    @Override
    public String toString() {
        return "DatabaseAccess[url=" + url + ", role=" + role + "]";
    }
}
