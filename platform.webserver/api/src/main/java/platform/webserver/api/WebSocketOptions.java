package platform.webserver.api;

import java.util.List;
import java.util.Set;

/**
 * How a path accepts sockets.
 *
 * @param subprotocols those that the app speaks (RFC 6455 1.9); of these the first that the client names is agreed on, none
 *     when it names none of them
 * @param headers request headers to keep in {@link WebSocketSession#upgrade()}; names are not case-sensitive
 * @param origins web sites whose pages may open a socket, besides the instance's own: {@code https://example.com}, with the
 *     port where it is not the standard one. Pages of other sites are refused with 403; a client that is no browser sends no
 *     origin and is accepted
 * @param keepsRemote whether to keep the client's address in {@link WebSocketSession#upgrade()}
 */
public record WebSocketOptions(
        List<String> subprotocols, Set<String> headers, Set<String> origins, boolean keepsRemote) {

    /** No subprotocol, no header, no foreign site, no address. */
    public static final WebSocketOptions DEFAULT = new WebSocketOptions(List.of(), Set.of(), Set.of(), false);

    public WebSocketOptions {
        subprotocols = List.copyOf(subprotocols);
        headers = Set.copyOf(headers);
        origins = Set.copyOf(origins);
    }

    public WebSocketOptions withSubprotocols(String... names) {
        return new WebSocketOptions(List.of(names), headers, origins, keepsRemote);
    }

    public WebSocketOptions withHeaders(String... names) {
        return new WebSocketOptions(subprotocols, Set.of(names), origins, keepsRemote);
    }

    public WebSocketOptions withOrigins(String... sites) {
        return new WebSocketOptions(subprotocols, headers, Set.of(sites), keepsRemote);
    }

    public WebSocketOptions withRemote() {
        return new WebSocketOptions(subprotocols, headers, origins, true);
    }
}
