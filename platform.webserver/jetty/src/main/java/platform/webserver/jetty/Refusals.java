package platform.webserver.jetty;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpStatus;

/** Why requests were refused: what the client is told, and how often that was. */
final class Refusals {

    /** The reasons, as they are shown. */
    enum Reason {
        TIMEOUT("requests too slow"),
        BODY("bodies too large"),
        URI("URIs too long"),
        HEADER("headers too large"),
        REQUESTS("requests too many"),
        CONNECTIONS("connections too many"),
        LOG("access log lines dropped");

        private final String shown;

        Reason(String shown) {
            this.shown = shown;
        }

        /** Null where the status has no reason of ours. */
        static Reason of(int status) {
            return switch (status) {
                case HttpStatus.REQUEST_TIMEOUT_408 -> TIMEOUT;
                case HttpStatus.PAYLOAD_TOO_LARGE_413 -> BODY;
                case HttpStatus.URI_TOO_LONG_414 -> URI;
                case HttpStatus.TOO_MANY_REQUESTS_429 -> REQUESTS;
                case HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE_431 -> HEADER;
                default -> null;
            };
        }
    }

    private final Supplier<Settings> settings;
    private final Map<Reason, LongAdder> counts = new EnumMap<>(Reason.class);

    Refusals(Supplier<Settings> settings) {
        this.settings = settings;
        for (Reason reason : Reason.values()) {
            counts.put(reason, new LongAdder());
        }
    }

    void count(Reason reason) {
        counts.get(reason).increment();
    }

    Map<String, Long> counts() {
        Map<String, Long> shown = new LinkedHashMap<>();
        counts.forEach((reason, count) -> shown.put(reason.shown, count.sum()));
        return shown;
    }

    /** Why, and what the client can do about it: a sentence or two. */
    String explain(Reason reason) {
        HttpLimits limits = settings.get().web().limits();
        return switch (reason) {
            case TIMEOUT -> "The request came too slowly. Send it again over a better connection.";
            case BODY -> "The body is larger than is allowed here. Send less, or in parts.";
            case URI -> "The address is longer than " + limits.uri() + " characters. Send the data in a body instead.";
            case HEADER ->
                "The header is larger than " + settings.get().headerBytes() + " bytes or has more than "
                        + limits.headers() + " fields. Send less; in a browser delete the cookies of this site.";
            case REQUESTS ->
                "More than " + limits.requests()
                        + " requests a second come from your address. Send fewer; Retry-After says when.";
            case CONNECTIONS ->
                "More than " + limits.connections()
                        + " connections are open from your address. Close some, and try again.";
            case LOG -> "Lines of the access log were dropped.";
        };
    }
}
