package platform.webserver.jetty;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.TunnelSupport;

/** The opening handshake on the server's side: RFC 6455 4.2 over HTTP/1.1, RFC 8441 5 over HTTP/2. */
final class Handshake {

    private static final String PROTOCOL = "websocket";
    private static final String VERSION = "13";
    private static final String ACCEPT_SUFFIX = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int KEY_BYTES = 16;
    /** Sixteen bytes in Base64. */
    private static final int KEY_CHARACTERS = 24;

    private final SocketRequest request;
    private final boolean http2;

    Handshake(SocketRequest request) {
        this.request = request;
        this.http2 = request.http2();
    }

    static boolean isWanted(Request request) {
        if (HttpMethod.CONNECT.is(request.getMethod())) {
            TunnelSupport tunnel = request.getTunnelSupport();
            return tunnel != null && PROTOCOL.equals(tunnel.getProtocol());
        }
        return isWanted(request.getHeaders());
    }

    /** @param headers of a request by HTTP/1.1 */
    static boolean isWanted(HttpFields headers) {
        return headers.contains(HttpHeader.UPGRADE, PROTOCOL);
    }

    /** Why it cannot be a WebSocket; null when it can. */
    Refusal refusal() {
        HttpFields headers = request.headers();
        if (!http2 && !HttpMethod.GET.is(request.method())) {
            return new Refusal(HttpStatus.BAD_REQUEST_400, "A WebSocket is opened by GET");
        }
        if (!http2 && request.version() != HttpVersion.HTTP_1_1) {
            return new Refusal(HttpStatus.BAD_REQUEST_400, "A WebSocket needs HTTP/1.1 or HTTP/2");
        }
        if (!VERSION.equals(headers.get(HttpHeader.SEC_WEBSOCKET_VERSION))) {
            return new Refusal(HttpStatus.UPGRADE_REQUIRED_426, "Version 13 of the WebSocket protocol is spoken here");
        }
        if (http2) {
            return null;
        }
        if (!headers.contains(HttpHeader.CONNECTION, HttpHeader.UPGRADE.asString())) {
            return new Refusal(HttpStatus.BAD_REQUEST_400, "The header Connection does not name Upgrade");
        }
        if (headers.getValuesList(HttpHeader.SEC_WEBSOCKET_KEY).size() != 1 || !isKey(key())) {
            return new Refusal(HttpStatus.BAD_REQUEST_400, "Sec-WebSocket-Key must be 16 bytes in Base64");
        }
        if (headers.getLongField(HttpHeader.CONTENT_LENGTH) > 0 || headers.contains(HttpHeader.TRANSFER_ENCODING)) {
            return new Refusal(HttpStatus.BAD_REQUEST_400, "A request for a WebSocket has no content");
        }
        return null;
    }

    private static boolean isKey(String key) {
        try {
            return key.length() == KEY_CHARACTERS && Base64.getDecoder().decode(key).length == KEY_BYTES;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private String key() {
        return request.header(HttpHeader.SEC_WEBSOCKET_KEY);
    }

    /** @return the first of the client's subprotocols that is spoken here; empty when there is none */
    String subprotocol(List<String> spoken) {
        if (spoken.isEmpty()) {
            return "";
        }
        return request.headers().getValuesList(HttpHeader.SEC_WEBSOCKET_SUBPROTOCOL).stream()
                .flatMap(names -> Arrays.stream(names.split(",")))
                .map(String::strip)
                .filter(spoken::contains)
                .findFirst()
                .orElse("");
    }

    /** @return the answer to the extensions that are offered; null when none is agreed on */
    String extensions() {
        List<String> offers = request.headers().getValuesList(HttpHeader.SEC_WEBSOCKET_EXTENSIONS);
        return offers.isEmpty() ? null : DeflateOffer.answer(offers);
    }

    int status() {
        return http2 ? HttpStatus.OK_200 : HttpStatus.SWITCHING_PROTOCOLS_101;
    }

    /** @param extensions null for none */
    HttpFields answer(String subprotocol, String extensions) {
        HttpFields.Mutable headers = HttpFields.build();
        if (!http2) {
            headers.put(HttpHeader.UPGRADE, PROTOCOL);
            headers.put(HttpHeader.CONNECTION, HttpHeader.UPGRADE.asString());
            headers.put(HttpHeader.SEC_WEBSOCKET_ACCEPT, accept(key()));
        }
        if (!subprotocol.isEmpty()) {
            headers.put(HttpHeader.SEC_WEBSOCKET_SUBPROTOCOL, subprotocol);
        }
        if (extensions != null) {
            headers.put(HttpHeader.SEC_WEBSOCKET_EXTENSIONS, extensions);
        }
        return headers;
    }

    static String accept(String key) {
        try {
            // Not for secrecy: it shows that the server knows the protocol (RFC 6455 1.3).
            byte[] hash = MessageDigest.getInstance("SHA-1")
                    .digest((key + ACCEPT_SUFFIX).getBytes(StandardCharsets.ISO_8859_1));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-1", e);
        }
    }

    /** What the client is told instead. */
    record Refusal(int status, String reason) {}
}
