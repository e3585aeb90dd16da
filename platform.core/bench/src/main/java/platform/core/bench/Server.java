package platform.core.bench;

import java.net.URI;

/** A server that runs, in a process of its own. */
interface Server extends AutoCloseable {

    /** The process id of its JVM. */
    long pid();

    /** Where messages come back, by {@code ws} or {@code wss}. */
    URI echo(boolean tls);

    /** Where a message goes to all sockets. */
    URI broadcast();

    /** Where a file of 1 KiB is, by {@code http}. */
    URI file();

    /** Ends the process, whatever it does. */
    @Override
    void close();
}
