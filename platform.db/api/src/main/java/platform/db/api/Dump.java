package platform.db.api;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/** A database as it was at one moment, whatever is written to it meanwhile. One thread uses it, and closes it. */
@ProviderType
public interface Dump extends AutoCloseable {

    /** What is known before anything was read. */
    DumpInfo info();

    /**
     * Writes all of it, once, in the form of {@code pg_dump -Fc}, not compressed; does not close the stream. An interrupt
     * cancels it.
     *
     * @return how many rows each table has in it, exactly, by schema and name
     * @throws DatabaseException when the server or its tools fail
     * @throws IOException when the stream fails
     */
    Map<String, Long> writeTo(OutputStream out) throws IOException;

    /** Lets the server forget the moment. */
    @Override
    void close();
}
