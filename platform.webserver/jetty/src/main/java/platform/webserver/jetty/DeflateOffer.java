package platform.webserver.jetty;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.QuotedCSV;

/**
 * What a client offers of permessage-deflate (RFC 7692 7.1), and the answer to it. The answer always forbids both sides to
 * refer to earlier messages, so that deflaters and inflaters can be shared by all sockets.
 */
final class DeflateOffer {

    private static final String NAME = "permessage-deflate";
    private static final String ANSWER = NAME + "; server_no_context_takeover; client_no_context_takeover";
    private static final String SERVER_BITS = "server_max_window_bits";
    private static final String FULL_WINDOW = "15";
    private static final String NO_VALUE = "";
    private static final Pattern BITS = Pattern.compile("[89]|1[0-5]");

    private DeflateOffer() {}

    /**
     * @param offers the values of all headers Sec-WebSocket-Extensions
     * @return the value of the answer's header for the first acceptable offer; null when there is none
     */
    static String answer(List<String> offers) {
        return split(offers).stream()
                .map(DeflateOffer::answer)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static List<String> split(List<String> offers) {
        try {
            return new QuotedCSV(false, offers.toArray(String[]::new)).getValues();
        } catch (IllegalArgumentException e) {
            // It does so for white space around an equals sign: what is malformed offers nothing.
            return List.of();
        }
    }

    private static String answer(String offer) {
        String[] parts = offer.split(";", -1);
        Map<String, String> parameters = new HashMap<>();
        for (int i = 1; i < parts.length; i++) {
            String[] pair = parts[i].strip().split("=", 2);
            String value = pair.length == 1 ? NO_VALUE : pair[1].strip();
            boolean bare = pair.length == 1;
            if (!isAcceptable(pair[0].strip(), value, bare) || parameters.put(pair[0].strip(), value) != null) {
                return null;
            }
        }
        if (!parts[0].strip().equals(NAME)) {
            return null;
        }
        return parameters.containsKey(SERVER_BITS) ? ANSWER + "; " + SERVER_BITS + "=" + FULL_WINDOW : ANSWER;
    }

    private static boolean isAcceptable(String name, String value, boolean bare) {
        return switch (name) {
            case "server_no_context_takeover", "client_no_context_takeover" -> bare;
            case "client_max_window_bits" -> bare || BITS.matcher(value).matches();
            // Java's Deflater has one window, the largest.
            case SERVER_BITS -> value.equals(FULL_WINDOW);
            default -> false;
        };
    }
}
