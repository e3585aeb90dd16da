package platform.core.rest;

import java.sql.SQLException;
import java.util.function.Supplier;
import platform.db.api.DatabaseException;

/** Work whose input the database server judges, such as SQL. */
final class DatabaseWork {

    /** SQL states of a server that cannot be reached, has no room, or stops. */
    private static final String AWAY = "(08|53|57P).*";

    private DatabaseWork() {}

    /**
     * @throws ProblemException 422 for what the server refuses: other than with a server that is away it is no use to try again
     */
    static <T> T judged(Supplier<T> work) {
        try {
            return work.get();
        } catch (DatabaseException e) {
            if (isAway(e)) {
                throw e;
            }
            throw new ProblemException(Problems.Unprocessable.CONTENT, e.getMessage() + ".");
        }
    }

    private static boolean isAway(DatabaseException e) {
        return e.getCause() instanceof SQLException cause
                && String.valueOf(cause.getSQLState()).matches(AWAY);
    }
}
