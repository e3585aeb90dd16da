package platform.webserver.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.zip.GZIPInputStream;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Blocker;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of an app's answers is compressed, and what not. */
class ResponseCompressionTest {

    private static final String TEXT = "the same again ".repeat(200);

    private final HttpClient client = HttpClient.newHttpClient();
    private final Server server = new Server();
    private final CountDownLatch received = new CountDownLatch(1);
    private volatile int least = 1024;
    private URI root;

    @BeforeEach
    void start() throws Exception {
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(new ResponseCompression(() -> least, new App()));
        server.start();
        root = URI.create("http://127.0.0.1:" + connector.getLocalPort());
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
    }

    private HttpResponse<byte[]> send(String method, String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(root.resolve(path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .headers("Accept-Encoding", "gzip");
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofByteArray());
    }

    private static String encoding(HttpResponse<?> response) {
        return response.headers().firstValue("content-encoding").orElse(null);
    }

    private static String text(HttpResponse<byte[]> response) throws IOException {
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(response.body()))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void textIsCompressedForAClientThatTakesIt() throws Exception {
        HttpResponse<byte[]> gzip = send("GET", "/text/html");

        assertThat(encoding(gzip)).isEqualTo("gzip");
        assertThat(gzip.headers().allValues("vary")).containsExactly("Accept-Encoding");
        assertThat(gzip.headers().firstValue("etag")).hasValue("\"v1--gzip\"");
        assertThat(gzip.body()).hasSizeLessThan(300);
        assertThat(text(gzip)).isEqualTo(TEXT);
        HttpResponse<String> plain =
                client.send(HttpRequest.newBuilder(root.resolve("/text/html")).build(), BodyHandlers.ofString());
        assertThat(plain.body()).isEqualTo(TEXT);
        assertThat(plain.headers().allValues("vary")).containsExactly("Accept-Encoding");
        assertThat(plain.headers().firstValue("etag")).hasValue("\"v1\"");
    }

    @ParameterizedTest
    @CsvSource({
        "application/json;charset=utf-8, gzip",
        "image/svg+xml, gzip",
        "image/png,",
        "application/zip,",
        "application/octet-stream,",
        "text/event-stream,"
    })
    void onlyWhatBecomesSmallerIs(String type, String encoding) throws Exception {
        assertThat(encoding(send("GET", "/" + type))).isEqualTo(encoding);
    }

    @Test
    void smallBodiesAndPartsAreNot() throws Exception {
        assertThat(encoding(send("GET", "/text/html", "X-Length", "1023"))).isNull();
        assertThat(encoding(send("GET", "/text/html", "X-Length", "1024"))).isEqualTo("gzip");
        HttpResponse<byte[]> part = send("GET", "/text/html", "Range", "bytes=0-1999");
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(encoding(part)).isNull();
        assertThat(part.body()).hasSize(2000);
        assertThat(encoding(send("PUT", "/text/html"))).isNull();
        HttpResponse<byte[]> head = send("HEAD", "/text/html");
        assertThat(encoding(head)).isNull();
        least = 4000;
        assertThat(encoding(send("GET", "/text/html"))).isNull();
        least = 0;
        assertThat(encoding(send("GET", "/text/html"))).isNull();
    }

    @Test
    void theTagOfTheCompressedFormIsKnownAgain() throws Exception {
        HttpResponse<byte[]> again = send("GET", "/text/html", "If-None-Match", "\"v1--gzip\"");

        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.headers().firstValue("etag")).hasValue("\"v1--gzip\"");
        assertThat(send("GET", "/text/html", "If-Modified-Since", "Thu, 26 Nov 2026 10:00:00 GMT")
                        .headers()
                        .firstValue("etag"))
                .hasValue("\"v1\"");
    }

    @Test
    void whatIsFlushedArrives() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(root.resolve("/flush"))
                .header("Accept-Encoding", "gzip")
                .build();

        HttpResponse<InputStream> answer = client.send(request, BodyHandlers.ofInputStream());
        try (InputStream in = new GZIPInputStream(answer.body(), 16)) {
            assertThat(new String(in.readNBytes(5), StandardCharsets.UTF_8)).isEqualTo("first");
            received.countDown();
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("second");
        }
    }

    /** Answers with a text of the type that the path names, as a servlet would. */
    private final class App extends Handler.Abstract {
        @Override
        public boolean handle(Request request, Response response, Callback callback) throws Exception {
            String path = request.getHttpURI().getPath();
            if (path.equals("/flush")) {
                response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain");
                write(response, "first");
                received.await();
                Content.Sink.write(response, true, "second", callback);
                return true;
            }
            response.getHeaders().put(HttpHeader.ETAG, "\"v1\"");
            if ("\"v1\"".equals(request.getHeaders().get(HttpHeader.IF_NONE_MATCH))
                    || request.getHeaders().contains(HttpHeader.IF_MODIFIED_SINCE)) {
                Response.writeError(request, response, callback, 304);
                return true;
            }
            boolean part = request.getHeaders().contains(HttpHeader.RANGE);
            response.setStatus(part ? 206 : 200);
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, path.substring(1));
            String length = request.getHeaders().get("X-Length");
            int end = part ? 2000 : length == null ? TEXT.length() : Integer.parseInt(length);
            Content.Sink.write(response, true, TEXT.substring(0, end), callback);
            return true;
        }

        private static void write(Response response, String text) throws IOException {
            try (Blocker.Callback written = Blocker.callback()) {
                response.write(false, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), written);
                written.block();
            }
        }
    }
}
