package platform.db.postgresql;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.util.PasswordUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.db.api.DatabaseException;

/**
 * Changes the password of the server's administrator, which is the platform itself. The new one is noted beside the former, then
 * given to the server, then kept in its place. While there are two files the server has one of both, so both are tried; a
 * change or a start that finds them goes on where the last one was cut off.
 */
final class AdministratorPassword {

    private static final Logger LOG = LoggerFactory.getLogger(AdministratorPassword.class);

    private final LoginSource logins;
    private final Path file;
    private final String role;

    AdministratorPassword(Server server) {
        logins = server.administrator();
        file = server.secret();
        role = logins.login().role();
    }

    /** Before the first login: an earlier change may not have come to its end. */
    void expectEither() {
        onDisk(() -> SecretFile.next(file)).ifPresent(logins::add);
    }

    /** After the first login. */
    void finishWhatWasCutOff(Connection connection) throws SQLException {
        if (onDisk(() -> SecretFile.next(file)).isPresent()) {
            change(connection);
            LOG.warn("The password of the role '{}' was being changed when the platform ended; now it is", role);
        }
    }

    /** Nobody waits, and no login fails meanwhile. */
    void change(Connection connection) throws SQLException {
        String next = note();
        give(connection, role, next);
        keep(next);
    }

    String note() {
        String next = onDisk(() -> SecretFile.noteNext(file));
        logins.add(next);
        return next;
    }

    /** The server gets the verifier, not the password, which thus cannot show up in any log of its. */
    static void give(Connection connection, String role, String password) throws SQLException {
        Rows.execute(connection, statement(role, password));
    }

    static String statement(String role, String password) {
        return "ALTER ROLE " + Sql.identifier(role) + " PASSWORD "
                + Sql.text(PasswordUtil.encodeScramSha256(password.toCharArray()));
    }

    private void keep(String password) {
        onDisk(() -> {
            SecretFile.keepNext(file);
            return password;
        });
        logins.settle(password);
        LOG.info("The role '{}' has a new password", role);
    }

    /** What is done with the files. */
    private interface FileWork<T> {
        T run() throws IOException;
    }

    private <T> T onDisk(FileWork<T> work) {
        try {
            return work.run();
        } catch (IOException e) {
            throw new DatabaseException(
                    "The password of the role '" + role + "' in " + file
                            + " cannot be changed, and stays as it was or is changed by the next attempt: " + e,
                    e);
        }
    }
}
