package platform.core.bench.load;

import java.io.IOException;
import java.net.ProtocolException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The upgrade of HTTP/1.1 to a WebSocket, RFC 6455 4.1, made once for all the sockets of a target. */
final class Handshake {

    /** What browsers offer, RFC 7692 7.1. */
    static final String DEFLATE_OFFER = "permessage-deflate; client_max_window_bits";

    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    /** The example of RFC 6455 1.3: a key of its own for each socket would only cost the client time. */
    private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

    private static final int MAX_ANSWER = 16_384;

    private final byte[] request;
    private final String accept = accept(KEY);

    Handshake(URI target, boolean deflate) {
        String query = target.getRawQuery() == null ? "" : "?" + target.getRawQuery();
        String path = target.getRawPath().isEmpty() ? "/" : target.getRawPath();
        String offer = deflate ? "Sec-WebSocket-Extensions: " + DEFLATE_OFFER + "\r\n" : "";
        request = ("GET " + path + query + " HTTP/1.1\r\n"
                        + "Host: " + target.getRawAuthority() + "\r\n"
                        + "Upgrade: websocket\r\n"
                        + "Connection: Upgrade\r\n"
                        + "Sec-WebSocket-Key: " + KEY + "\r\n"
                        + "Sec-WebSocket-Version: 13\r\n"
                        + offer
                        + "\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * What the server agreed to.
     *
     * @param deflate whether messages may be compressed
     * @param keepsContext whether the server's messages may refer to those before, RFC 7692 7.1.1.1
     */
    record Agreement(boolean deflate, boolean keepsContext) {}

    byte[] request() {
        return request;
    }

    /**
     * Takes the server's answer off the buffer.
     *
     * @return empty when it is not complete; the buffer is as it was
     * @throws ProtocolException when the server refuses
     */
    Optional<Agreement> read(ByteBuffer in) throws IOException {
        byte[] bytes = new byte[Math.min(in.remaining(), MAX_ANSWER)];
        in.get(in.position(), bytes);
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            if (bytes.length == MAX_ANSWER) {
                throw new ProtocolException("the answer to the upgrade has no end");
            }
            return Optional.empty();
        }
        in.position(in.position() + end + 4);
        return Optional.of(agreement(text.substring(0, end)));
    }

    private Agreement agreement(String answer) throws ProtocolException {
        if (!answer.startsWith("HTTP/1.1 101 ")) {
            throw new ProtocolException(
                    "the server answered " + answer.lines().findFirst().orElse(""));
        }
        if (!accept.equals(header(answer, "sec-websocket-accept"))) {
            throw new ProtocolException("the server answered a wrong Sec-WebSocket-Accept");
        }
        String extensions = header(answer, "sec-websocket-extensions");
        return new Agreement(
                extensions.contains("permessage-deflate"), !extensions.contains("server_no_context_takeover"));
    }

    private static String header(String answer, String name) {
        Stream<String> lines = answer.lines().skip(1);
        return lines.filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElse("");
    }

    /** RFC 6455 4.2.2, 5.4. */
    static String accept(String key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java lacks SHA-1, which every Java must have", e);
        }
    }
}
