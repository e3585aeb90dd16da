package app.files;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A WebDAV client that knows the password. */
final class Client {

    static final String AUTHORIZATION = "Basic "
            + Base64.getEncoder().encodeToString(("anybody:" + TestServer.PASSWORD).getBytes(StandardCharsets.UTF_8));

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private final TestServer server;

    Client(TestServer server) {
        this.server = server;
    }

    /** A request without a body. */
    Answer send(String method, String rawPath, String... headers) throws IOException, InterruptedException {
        return send(method, rawPath, HttpRequest.BodyPublishers.noBody(), headers);
    }

    Answer sendText(String method, String rawPath, String body, String... headers)
            throws IOException, InterruptedException {
        return send(method, rawPath, HttpRequest.BodyPublishers.ofString(body), headers);
    }

    Answer put(String rawPath, String body, String... headers) throws IOException, InterruptedException {
        return sendText("PUT", rawPath, body, headers);
    }

    Answer get(String rawPath, String... headers) throws IOException, InterruptedException {
        return send("GET", rawPath, headers);
    }

    /** A COPY or MOVE to a path of the same instance. */
    Answer transfer(String method, String rawPath, String rawDestination, String... headers)
            throws IOException, InterruptedException {
        String[] all = new String[headers.length + 2];
        System.arraycopy(headers, 0, all, 2, headers.length);
        all[0] = "Destination";
        all[1] = server.uri(rawDestination).toString();
        return send(method, rawPath, all);
    }

    Answer send(String method, String rawPath, HttpRequest.BodyPublisher body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.uri(rawPath))
                .timeout(Duration.ofSeconds(60))
                .method(method, body)
                .header("Authorization", AUTHORIZATION);
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        return new Answer(http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray()));
    }

    /** What came back. */
    record Answer(HttpResponse<byte[]> response) {

        int status() {
            return response.statusCode();
        }

        byte[] bytes() {
            return response.body();
        }

        String text() {
            return new String(response.body(), StandardCharsets.UTF_8);
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        /** The texts of all elements with this name in the namespace DAV:. */
        List<String> elements(String name) {
            return Pattern.compile("<D:" + name + ">([^<]*)</D:" + name + ">")
                    .matcher(text())
                    .results()
                    .map((MatchResult each) -> each.group(1))
                    .toList();
        }

        @Override
        public String toString() {
            return status() + " " + text();
        }
    }
}
