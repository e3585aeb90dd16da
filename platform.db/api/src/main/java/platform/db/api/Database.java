package platform.db.api;

import java.net.URL;
import java.util.List;
import javax.sql.DataSource;
import org.osgi.annotation.versioning.ProviderType;

/** An open database: its pool of connections and its schema. Any thread may call it. */
@ProviderType
public interface Database extends AutoCloseable {

    /**
     * The pool. A connection that is borrowed while the server restarts fails within seconds with a plain
     * {@link java.sql.SQLException}; the next one works when the server is back.
     */
    DataSource dataSource();

    /**
     * Applies the SQL migrations that the database has not had, in the order of their versions, all in one transaction:
     * they are all applied, or none is. File names are {@code V<version>__<what>.sql} (Flyway's form).
     *
     * @param scripts the app's scripts, old ones included
     * @return how many were applied
     * @throws DatabaseException when a script fails, was changed after it had been applied, or is missing
     */
    int migrate(List<URL> scripts);

    /** Closes the pool and ends its connections. Closing twice does nothing. */
    @Override
    void close();
}
