package platform.core.child;

/**
 * The service that a process is to run.
 *
 * @param app its name
 * @param bundle the jar
 * @param folder where the process keeps what it needs: its framework's cache and its sockets
 * @param loggers the app's root package
 * @param level of the app's loggers: {@code INFO}
 * @param stuckSeconds how long a task of an instance's executor may run
 * @param stopSeconds how long closing an instance may take
 */
public record ServiceSetup(
        String app, String bundle, String folder, String loggers, String level, long stuckSeconds, long stopSeconds) {}
