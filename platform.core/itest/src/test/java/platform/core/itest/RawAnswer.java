package platform.core.itest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The head of an answer of HTTP/1.1, without its body.
 *
 * @param status the status code
 * @param headers the values in their order, by name in any case
 */
record RawAnswer(int status, Map<String, List<String>> headers) {

    static final String ACCEPT = "Sec-WebSocket-Accept";
    static final String EXTENSIONS = "Sec-WebSocket-Extensions";
    static final String PROTOCOL = "Sec-WebSocket-Protocol";
    static final String VERSION = "Sec-WebSocket-Version";

    private static final String END = "\r\n\r\n";

    static RawAnswer read(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith(END)) {
            int next = in.read();
            assertThat(next).as("The answer ended after: %s", head).isNotNegative();
            head.write(next);
        }
        return parse(head.toString(StandardCharsets.ISO_8859_1).split("\r\n"));
    }

    private static RawAnswer parse(String... lines) {
        assertThat(lines[0]).matches("HTTP/1\\.1 \\d{3}( .*)?");
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (int i = 1; i < lines.length; i++) {
            String[] header = lines[i].split(":", 2);
            headers.computeIfAbsent(header[0], name -> new ArrayList<>()).add(header[1].strip());
        }
        return new RawAnswer(Integer.parseInt(lines[0].substring(9, 12)), headers);
    }

    /** The values of a header, none when it is not there. */
    List<String> all(String name) {
        return headers.getOrDefault(name, List.of());
    }

    RawAnswer mustHave(String name, String value) {
        assertThat(all(name)).as("%s in %s", name, this).containsExactly(value);
        return this;
    }

    RawAnswer mustNotHave(String name) {
        assertThat(all(name)).as("%s in %s", name, this).isEmpty();
        return this;
    }

    RawAnswer mustBe(int expected) {
        assertThat(status).as("%s", this).isEqualTo(expected);
        return this;
    }

    /** The handshake is refused as the client's own fault. */
    void mustBeRefused() {
        assertThat(status).as("%s", this).isBetween(400, 499);
        mustNotHave(ACCEPT);
    }
}
