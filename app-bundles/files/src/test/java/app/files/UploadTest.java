package app.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Large and interrupted uploads, and what happens meanwhile. */
final class UploadTest {

    private static final int MB = 1 << 20;

    private TestServer server;
    private Client client;

    @BeforeEach
    void start() throws Exception {
        server = new TestServer(Map.of("quota", "256MiB"));
        client = new Client(server);
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private void sweep() {
        server.executor.runTimers();
    }

    private long used() throws Exception {
        return Long.parseLong(client.sendText(
                        "PROPFIND",
                        "/dav/",
                        "<propfind xmlns='DAV:'><prop><quota-used-bytes/></prop></propfind>",
                        "Depth",
                        "0")
                .elements("quota-used-bytes")
                .get(0));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, Upload.CHUNK - 1, Upload.CHUNK, Upload.CHUNK + 1, 3 * Upload.CHUNK})
    void everySizeComesBackWhole(int size) throws Exception {
        byte[] sent = random(size);
        assertThat(client.send("PUT", "/dav/known", HttpRequest.BodyPublishers.ofByteArray(sent))
                        .status())
                .isEqualTo(201);
        InputStream stream = new ByteArrayInputStream(sent);
        assertThat(client.send("PUT", "/dav/chunked", HttpRequest.BodyPublishers.ofInputStream(() -> stream))
                        .status())
                .isEqualTo(201);
        assertThat(client.get("/dav/known").bytes()).isEqualTo(sent);
        Client.Answer chunked = client.get("/dav/chunked");
        assertThat(chunked.bytes()).isEqualTo(sent);
        assertThat(chunked.header("ETag")).isEqualTo(client.get("/dav/known").header("ETag"));
    }

    @Test
    void rangesMayCrossChunks() throws Exception {
        byte[] sent = random(3 * Upload.CHUNK + 17);
        client.send("PUT", "/dav/big", HttpRequest.BodyPublishers.ofByteArray(sent));
        int from = Upload.CHUNK - 5;
        int to = 2 * Upload.CHUNK + 5;
        assertThat(client.get("/dav/big", "Range", "bytes=" + from + "-" + to).bytes())
                .isEqualTo(Arrays.copyOfRange(sent, from, to + 1));
        assertThat(client.get("/dav/big", "Range", "bytes=-17").bytes())
                .isEqualTo(Arrays.copyOfRange(sent, sent.length - 17, sent.length));
    }

    @Test
    void manyMegabytesPassWithLittleMemory() throws Exception {
        Probe sent = new Probe(64L * MB);
        HttpClient http = HttpClient.newHttpClient();
        URI uri = server.uri("/dav/large");
        HttpRequest put = HttpRequest.newBuilder(uri)
                .header("Authorization", Client.AUTHORIZATION)
                .PUT(HttpRequest.BodyPublishers.ofInputStream(() -> sent))
                .build();
        assertThat(http.send(put, HttpResponse.BodyHandlers.discarding()).statusCode())
                .isEqualTo(201);
        assertThat(sent.growth()).isLessThan(16 * MB);
        HttpRequest get = HttpRequest.newBuilder(uri)
                .header("Authorization", Client.AUTHORIZATION)
                .build();
        Probe expected = new Probe(64L * MB);
        try (InputStream body =
                http.send(get, HttpResponse.BodyHandlers.ofInputStream()).body()) {
            byte[] buffer = new byte[64 * 1024];
            for (int n = body.readNBytes(buffer, 0, buffer.length); n > 0; n = body.readNBytes(buffer, 0, n)) {
                assertThat(Arrays.equals(expected.readNBytes(n), 0, n, buffer, 0, n))
                        .isTrue();
            }
        }
        assertThat(expected.read()).isEqualTo(-1);
        assertThat(expected.growth()).isLessThan(16 * MB);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length", "Transfer-Encoding"})
    void anInterruptedUploadLeavesNothing(String framing) throws Exception {
        client.put("/dav/finished", "all there");
        client.put("/dav/replaced", "old");
        byte[] part = random(MB);
        for (String path : new String[] {"/dav/new", "/dav/replaced"}) {
            boolean chunked = framing.equals("Transfer-Encoding");
            try (RawRequest request =
                    new RawRequest(server, path, framing, chunked ? "chunked" : Integer.toString(2 * MB))) {
                request.send(chunked ? (Integer.toHexString(2 * MB) + "\r\n").getBytes() : new byte[0]);
                request.send(part);
                Rows.await("chunks arrive", () -> Rows.count(server, "chunk") >= 5);
                assertThat(client.get(path).status()).isNotEqualTo(500);
            }
            Rows.await("the upload is given up", () -> server.executor.timers() > 0);
            sweep();
            assertThat(Rows.count(server, "content")).isEqualTo(2);
            assertThat(Rows.count(server, "chunk")).isEqualTo(2);
        }
        assertThat(client.get("/dav/new").status()).isEqualTo(404);
        assertThat(client.get("/dav/replaced").text()).isEqualTo("old");
        assertThat(client.get("/dav/finished").text()).isEqualTo("all there");
        assertThat(used()).isEqualTo(12);
    }

    @Test
    void anUploadIsSeenOnlyWhenItIsWhole() throws Exception {
        byte[] sent = random(MB);
        client.put("/dav/file", "old");
        try (RawRequest request = new RawRequest(server, "/dav/file", "Content-Length", Integer.toString(MB))) {
            request.send(Arrays.copyOf(sent, MB - 1));
            Rows.await("chunks arrive", () -> Rows.count(server, "chunk") >= 3);
            assertThat(client.get("/dav/file").text()).isEqualTo("old");
            request.send(new byte[] {sent[MB - 1]});
            assertThat(request.status()).isEqualTo(204);
        }
        assertThat(client.get("/dav/file").bytes()).isEqualTo(sent);
        sweep();
        assertThat(Rows.count(server, "content")).isEqualTo(1);
    }

    @Test
    void anUploadIntoAFolderThatWasMovedAwayIsRefused() throws Exception {
        client.send("MKCOL", "/dav/here/");
        try (RawRequest request = new RawRequest(server, "/dav/here/file", "Content-Length", Integer.toString(MB))) {
            request.send(new byte[MB - 1]);
            Rows.await("chunks arrive", () -> Rows.count(server, "chunk") >= 3);
            assertThat(client.transfer("MOVE", "/dav/here/", "/dav/there/").status())
                    .isEqualTo(201);
            request.send(new byte[1]);
            assertThat(request.status()).isEqualTo(409);
        }
        assertThat(client.get("/dav/there/file").status()).isEqualTo(404);
    }

    @Test
    void aLockThatComesDuringAnUploadIsRespected() throws Exception {
        client.put("/dav/raced", "old");
        try (RawRequest request = new RawRequest(server, "/dav/raced", "Content-Length", Integer.toString(MB))) {
            request.send(new byte[MB - 1]);
            Rows.await("chunks arrive", () -> Rows.count(server, "chunk") >= 3);
            client.sendText(
                    "LOCK",
                    "/dav/raced",
                    "<lockinfo xmlns='DAV:'><lockscope><exclusive/></lockscope><locktype><write/></locktype></lockinfo>");
            request.send(new byte[1]);
            assertThat(request.status()).isEqualTo(423);
        }
        assertThat(client.get("/dav/raced").text()).isEqualTo("old");
    }

    @Test
    void aDownloadGoesOnWhenTheFileIsReplaced() throws Exception {
        byte[] old = random(32 * MB);
        client.send("PUT", "/dav/read", HttpRequest.BodyPublishers.ofByteArray(old));
        HttpRequest get = HttpRequest.newBuilder(server.uri("/dav/read"))
                .header("Authorization", Client.AUTHORIZATION)
                .build();
        try (InputStream body = HttpClient.newHttpClient()
                .send(get, HttpResponse.BodyHandlers.ofInputStream())
                .body()) {
            byte[] begin = body.readNBytes(1000);
            client.put("/dav/read", "new");
            sweep();
            byte[] rest = body.readAllBytes();
            assertThat(begin).isEqualTo(Arrays.copyOf(old, 1000));
            assertThat(Arrays.equals(old, 1000, old.length, rest, 0, rest.length))
                    .isTrue();
        }
        Rows.await("the reader has left", () -> {
            sweep();
            return Rows.count(server, "content") == 1;
        });
        assertThat(client.get("/dav/read").text()).isEqualTo("new");
    }

    @Test
    void whileTheDatabaseIsAwayTheClientIsAskedToComeBack() throws Exception {
        server.database.close();
        Client.Answer refused = client.put("/dav/file", "x");
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.header("Retry-After")).isEqualTo("5");
    }

    /** Bytes that can be told apart, and at each 16 MB a look at how much memory is in use since the first. */
    private static final class Probe extends InputStream {

        private final long size;
        private long position;
        private long least = Long.MAX_VALUE;
        private long most;

        Probe(long size) {
            this.size = size;
        }

        long growth() {
            return most - least;
        }

        @Override
        public int read() {
            if (position == size) {
                return -1;
            }
            if (position % (16 * MB) == MB) {
                System.gc();
                long used = Runtime.getRuntime().totalMemory()
                        - Runtime.getRuntime().freeMemory();
                least = Math.min(least, used);
                most = Math.max(most, used);
            }
            long value = position++;
            return (int) ((value * 31 + (value >> 18)) & 255);
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            int count = (int) Math.min(length, size - position);
            for (int i = 0; i < count; i++) {
                bytes[offset + i] = (byte) read();
            }
            return count == 0 && length > 0 ? -1 : count;
        }
    }
}
