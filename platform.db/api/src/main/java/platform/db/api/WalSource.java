package platform.db.api;

import java.io.IOException;
import java.io.InputStream;
import org.osgi.annotation.versioning.ConsumerType;

/** Where the segments of a write-ahead log are kept. */
@ConsumerType
@FunctionalInterface
public interface WalSource {

    /** Opens a segment; who asks for it reads it to its end and closes it. */
    InputStream open(WalSegment segment) throws IOException;
}
