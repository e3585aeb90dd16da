package platform.db.postgresql;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import platform.db.api.DatabaseException;

/** A server that somebody else runs. The platform only has a login there, which may create roles and databases. */
final class ExternalServer implements Server {

    private static final int OLDEST = 14;
    private static final Set<PosixFilePermission> ITS_OWNER_ONLY =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    private static final String FACTS = "SELECT current_setting('server_version_num')::int / 10000 AS major,"
            + " rolsuper, rolsuper OR rolcreatedb AND rolcreaterole AS suffices FROM pg_roles"
            + " WHERE rolname = current_user";

    private final ServerSettings settings;
    private final Path secret;
    private final Path work;
    private final LoginSource administrator;
    private volatile Facts facts = new Facts(0, false, false);

    /**
     * @param secret the file that has the login's password
     * @param work a folder of its own
     * @throws DatabaseException when there is no password
     */
    ExternalServer(ServerSettings settings, Path secret, Path work) {
        this.work = work;
        this.settings = settings;
        this.secret = secret;
        administrator = new LoginSource(new Login(settings.endpoint(), "postgres", settings.user(), password()));
        new AdministratorPassword(this).expectEither();
    }

    /** What a server is, and what the login may do on it. */
    private record Facts(int major, boolean superuser, boolean suffices) {

        static Facts of(ResultSet row) throws SQLException {
            return new Facts(row.getInt("major"), row.getBoolean("rolsuper"), row.getBoolean("suffices"));
        }
    }

    private String password() {
        if (!Files.exists(secret)) {
            throw new DatabaseException(what() + " has no password: write that of its login '" + settings.user()
                    + "' into " + secret + ", which only the platform's user may read (mode 600)");
        }
        try {
            if (!ITS_OWNER_ONLY.containsAll(Files.getPosixFilePermissions(secret))) {
                throw new DatabaseException(
                        "The password of " + what() + " can be read by others: chmod 600 " + secret);
            }
            return SecretFile.readOrCreate(secret);
        } catch (IOException e) {
            throw new DatabaseException("The password of " + what() + " in " + secret + " cannot be read: " + e, e);
        }
    }

    private String what() {
        return "the database server '" + name() + "'";
    }

    /**
     * Logs in once, and sees what the server is.
     *
     * @throws DatabaseException when it cannot be reached, is too old, or the login may not do what is needed
     */
    void look() {
        try (Connection connection = administrator.probed()) {
            facts = Rows.first(connection, FACTS, Facts::of).orElseThrow();
        } catch (SQLException e) {
            throw new DatabaseException(
                    "Cannot log in to " + what() + " as " + administrator.login() + ": " + e.getMessage(), e);
        }
        if (facts.major() < OLDEST) {
            throw new DatabaseException(
                    what() + " is PostgreSQL " + facts.major() + "; the platform needs " + OLDEST + " or newer");
        }
        if (!facts.suffices()) {
            throw new DatabaseException("The login of " + what() + " may not create roles and databases. Its"
                    + " administrator can change that: ALTER ROLE " + Sql.identifier(settings.user())
                    + " CREATEROLE CREATEDB");
        }
    }

    @Override
    public String name() {
        return settings.name();
    }

    @Override
    public Endpoint endpoint() {
        return settings.endpoint();
    }

    @Override
    public LoginSource administrator() {
        return administrator;
    }

    @Override
    public Path secret() {
        return secret;
    }

    @Override
    public Path work() {
        return work;
    }

    @Override
    public boolean isSuperuser() {
        return facts.superuser();
    }

    @Override
    public int major() {
        return facts.major();
    }

    @Override
    public Optional<Integer> connections() {
        return settings.connections();
    }
}
