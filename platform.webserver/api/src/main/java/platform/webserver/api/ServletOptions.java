package platform.webserver.api;

/**
 * What a servlet is registered with.
 *
 * @param maxBody bytes of a request's body; a larger one is answered 413, or breaks off with an {@code IOException} while
 *     the servlet reads it. 0 is the platform's limit ({@code request.body.megabytes}), {@link #UNLIMITED} is none
 */
public record ServletOptions(long maxBody) {

    /** No limit. */
    public static final long UNLIMITED = Long.MAX_VALUE;

    /** The platform's limits. */
    public static final ServletOptions DEFAULT = new ServletOptions(0);

    public ServletOptions {
        if (maxBody < 0) {
            throw new WebserverException("A servlet's largest body cannot be " + maxBody
                    + " bytes: give a number above 0, 0 for the platform's limit, or UNLIMITED.");
        }
    }

    /** The same with another limit for bodies, in bytes. */
    public ServletOptions withMaxBody(long bytes) {
        return new ServletOptions(bytes);
    }
}
