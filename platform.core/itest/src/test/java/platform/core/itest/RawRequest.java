package platform.core.itest;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** A request of HTTP/1.1 as text: by default a right handshake of RFC 6455 4.1, changed as a test needs it. */
final class RawRequest {

    static final String KEY = "Sec-WebSocket-Key";

    /** The RFC's own example, and what a server must answer to it. */
    static final String SAMPLE_KEY = "dGhlIHNhbXBsZSBub25jZQ==";

    static final String SAMPLE_ACCEPT = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

    private final List<String> headers = new ArrayList<>();
    private String method = "GET";
    private String target;
    private String version = "HTTP/1.1";

    RawRequest(URI uri) {
        target = uri.getRawPath();
        with("Host", uri.getRawAuthority());
        with("Upgrade", "websocket");
        with("Connection", "Upgrade");
        with(KEY, SAMPLE_KEY);
        with(RawAnswer.VERSION, "13");
    }

    RawRequest method(String changed) {
        method = changed;
        return this;
    }

    RawRequest target(UnaryOperator<String> change) {
        target = change.apply(target);
        return this;
    }

    RawRequest version(String changed) {
        version = changed;
        return this;
    }

    /** With one more header, whether there is one of that name or not. */
    RawRequest with(String name, String value) {
        headers.add(name + ": " + value);
        return this;
    }

    RawRequest without(String name) {
        headers.removeIf(header -> header.startsWith(name + ":"));
        return this;
    }

    RawRequest replacing(String name, String value) {
        return without(name).with(name, value);
    }

    /** With the names of all headers changed. */
    RawRequest names(UnaryOperator<String> change) {
        headers.replaceAll(header -> {
            int colon = header.indexOf(':');
            return change.apply(header.substring(0, colon)) + header.substring(colon);
        });
        return this;
    }

    byte[] bytes() {
        String head = method + " " + target + " " + version + "\r\n" + String.join("\r\n", headers) + "\r\n\r\n";
        return head.getBytes(StandardCharsets.ISO_8859_1);
    }
}
