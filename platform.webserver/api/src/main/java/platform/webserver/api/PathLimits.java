package platform.webserver.api;

/**
 * How much a path may have at a time; {@link Long#MAX_VALUE} is any number. What is beyond is answered 503 with
 * {@code Retry-After}, and counted as refused.
 *
 * @param requests being answered, or waiting for a thread to be answered
 * @param sockets open WebSockets, within what the webserver allows each instance
 */
public record PathLimits(long requests, long sockets) {

    /** Any number. */
    public static final PathLimits NONE = new PathLimits(Long.MAX_VALUE, Long.MAX_VALUE);
}
