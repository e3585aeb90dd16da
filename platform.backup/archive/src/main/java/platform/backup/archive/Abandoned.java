package platform.backup.archive;

import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Clears away what an upload that was given up has left. The upload has failed before, and that is what its caller must be told. */
final class Abandoned {

    private static final Logger LOG = LoggerFactory.getLogger(Abandoned.class);

    private Abandoned() {}

    static void clear(String what, Clearing work) {
        try {
            work.run();
        } catch (IOException e) {
            LOG.warn(
                    "What an upload left as {} is removed a day later, since the target does not answer: {}",
                    what,
                    e.toString());
        }
    }

    /** One step of it. */
    interface Clearing {
        void run() throws IOException;
    }
}
