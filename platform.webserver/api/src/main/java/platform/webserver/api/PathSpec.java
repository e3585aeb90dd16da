package platform.webserver.api;

import java.util.Objects;
import java.util.concurrent.Executor;

/**
 * What a path is opened with.
 *
 * @param path where it lies: {@code /segment[/segment…]}, no trailing slash, case-sensitive
 * @param owner who is behind it, as shown to administrators and put on log lines: {@code name@domain}
 * @param app the service that the owner is an instance of
 * @param executor runs the socket callbacks of this path, one after the other
 */
public record PathSpec(String path, String owner, String app, Executor executor) {
    public PathSpec {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(app, "app");
        Objects.requireNonNull(executor, "executor");
    }
}
