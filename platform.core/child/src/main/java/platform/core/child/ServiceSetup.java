package platform.core.child;

/**
 * The service that a process is to run.
 *
 * @param app its name
 * @param bundle the jar
 * @param folder where the process keeps what it needs: its framework's cache and its sockets
 * @param loggers the app's root package
 * @param level of the app's loggers: {@code INFO}
 * @param startSeconds how long the start of the service or of an instance may take
 * @param healthSeconds how long an instance may take to say how it is
 * @param stuckSeconds how long a task of an instance's executor may run
 * @param stopSeconds how long closing an instance, or its taking new settings over, may take
 */
public record ServiceSetup(
        String app,
        String bundle,
        String folder,
        String loggers,
        String level,
        long startSeconds,
        long healthSeconds,
        long stuckSeconds,
        long stopSeconds) {}
