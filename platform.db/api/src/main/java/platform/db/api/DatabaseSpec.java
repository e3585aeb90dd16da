package platform.db.api;

import java.util.Objects;

/**
 * A database and its login. Any name that PostgreSQL can hold is allowed: 1 to 63 bytes of UTF-8 without NUL.
 *
 * @param database the database's name
 * @param role the login role that owns it
 * @param password the role's password; never in {@link #toString()}
 */
public record DatabaseSpec(String database, String role, String password) {
    public DatabaseSpec {
        Objects.requireNonNull(database, "database");
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(password, "password");
    }

    @Override
    public String toString() {
        return "DatabaseSpec[database=" + database + ", role=" + role + "]";
    }
}
