package platform.core.rest;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who sends much that is refused reads why, although most clients send all of it before they read anything. */
@Timeout(60)
class RefusedBodyTest {

    private static final int LONG = 6 * Body.LONGEST;

    private static RestServer server;

    @BeforeAll
    static void start() throws Exception {
        server = new RestServer();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "admin, PATCH, instances/acme@example.com, application/json, 413",
        "viewer, PATCH, instances/acme@example.com, application/json, 413",
        "operator, PUT, apps/notes, application/java-archive, 403",
        "admin, PUT, apps/notes, text/plain, 415",
        "admin, PUT, instances, application/json, 405",
        "admin, PUT, nothing-here, application/json, 404",
    })
    void aClientOfJavaReadsTheAnswer(String user, String method, String path, String type, int status) {
        for (int i = 0; i < 5; i++) {
            assertThat(server.send(user, method, path, "x".repeat(LONG), "Content-Type", type)
                            .status())
                    .isEqualTo(status);
        }
    }

    @Test
    void aConnectionGoesOnAfterARefusedBody() throws IOException {
        try (Socket socket = new Socket(server.base().getHost(), server.base().getPort())) {
            OutputStream out = socket.getOutputStream();
            BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
            for (int i = 0; i < 2; i++) {
                out.write(("PUT " + server.base().getPath()
                                + "apps/notes HTTP/1.1\r\nHost: localhost\r\nUser: operator\r\n"
                                + "Content-Type: application/java-archive\r\nContent-Length: " + LONG + "\r\n\r\n")
                        .getBytes(US_ASCII));
                out.write(new byte[LONG]);
                assertThat(in.readLine()).startsWith("HTTP/1.1 403");
                skipAnswer(in);
            }
        }
    }

    private static void skipAnswer(BufferedReader in) throws IOException {
        int length = 0;
        for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
            assertThat(line).isNotEqualToIgnoringCase("Connection: close");
            if (line.startsWith("Content-Length: ")) {
                length = Integer.parseInt(line.substring("Content-Length: ".length()));
            }
        }
        assertThat(in.skip(length)).isEqualTo(length);
    }
}
