package platform.webserver.api;

import java.time.Duration;

/**
 * What the requests to a path have done since it was opened. WebSockets have statistics of their own; the request that opens one
 * over HTTP/1.1 without TLS is not counted here.
 *
 * @param inFlight requests that are being answered now
 * @param requests those that were answered
 * @param clientErrors those of them that were answered 4xx, or whose client went away
 * @param serverErrors those of them that were answered 5xx
 * @param refused those that were answered 503 unasked, because too many were in flight; counted nowhere else
 * @param cpu what the threads that answered them took; zero on Java 21 and newer, whose virtual threads have no such time
 * @param latencies how long they took, from their header on
 */
public record RequestStatistics(
        int inFlight,
        long requests,
        long clientErrors,
        long serverErrors,
        long refused,
        Duration cpu,
        Latencies latencies) {

    /** Nothing has been asked for. */
    public static RequestStatistics none() {
        return new RequestStatistics(0, 0, 0, 0, 0, Duration.ZERO, Latencies.none());
    }

    /** What has happened since an earlier look, or all if the path was opened anew since then. */
    public RequestStatistics since(RequestStatistics former) {
        return former.requests > requests
                ? this
                : new RequestStatistics(
                        inFlight,
                        requests - former.requests,
                        clientErrors - former.clientErrors,
                        serverErrors - former.serverErrors,
                        refused - former.refused,
                        cpu.minus(former.cpu),
                        latencies.since(former.latencies));
    }

    /** These and those of another path. */
    public RequestStatistics plus(RequestStatistics other) {
        return new RequestStatistics(
                inFlight + other.inFlight,
                requests + other.requests,
                clientErrors + other.clientErrors,
                serverErrors + other.serverErrors,
                refused + other.refused,
                cpu.plus(other.cpu),
                latencies.plus(other.latencies));
    }
}
