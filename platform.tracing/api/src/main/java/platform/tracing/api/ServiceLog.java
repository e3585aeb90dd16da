package platform.tracing.api;

import java.nio.file.Path;
import org.osgi.annotation.versioning.ProviderType;

/** A service's log: one current file and its rolled predecessors. */
@ProviderType
public interface ServiceLog extends AutoCloseable {

    /** The file that lines are now written to. */
    Path file();

    /** Closes the file; the service's later lines go to the platform's log. Closing twice does nothing. */
    @Override
    void close();
}
