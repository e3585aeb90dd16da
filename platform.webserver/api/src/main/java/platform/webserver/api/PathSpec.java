package platform.webserver.api;

import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * What a path is opened with.
 *
 * @param path where it lies: {@code /segment[/segment…]}, no trailing slash, case-sensitive
 * @param owner who is behind it, as shown to administrators and put on log lines: {@code name@domain}
 * @param app the service that the owner is an instance of
 * @param executor runs the socket callbacks of this path, one after the other; a {@link CallerRunsExecutor} lets listeners that
 *     never block be called without a change of threads
 * @param aliases what leads there besides the path itself
 * @param onError told of each error (not exception) that a servlet of the path throws, by the thread of the request
 */
public record PathSpec(
        String path, String owner, String app, Executor executor, PathAliases aliases, Consumer<Error> onError) {

    /** Nothing but the path leads there, and nobody is told of errors. */
    public PathSpec(String path, String owner, String app, Executor executor) {
        this(path, owner, app, executor, PathAliases.NONE, error -> {});
    }

    public PathSpec {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(app, "app");
        Objects.requireNonNull(executor, "executor");
        Objects.requireNonNull(aliases, "aliases");
        Objects.requireNonNull(onError, "onError");
    }
}
