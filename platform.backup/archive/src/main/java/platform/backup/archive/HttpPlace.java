package platform.backup.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;

/**
 * A folder on a web server: speaks HTTP below one address, with the login on each request. A redirect is never followed, since it
 * could lead the login and the backup anywhere, back onto this platform too.
 */
final class HttpPlace implements AutoCloseable {

    private static final int LARGEST_TEXT = 64 << 20;

    private final URI base;
    private final String login;
    private final Duration patience;
    private final ExecutorService threads;
    private final HttpClient client;

    /**
     * @param base ends with a slash, and has no login
     * @param patience how long a server may do nothing
     */
    HttpPlace(URI base, TargetLogin login, Trust trust, Duration patience) {
        this.base = base;
        this.login = login.isEmpty() ? "" : basic(login);
        this.patience = patience;
        this.threads =
                Executors.newCachedThreadPool(task -> daemon(new Thread(task, "backup target " + base.getHost())));
        HttpClient.Builder builder = HttpClient.newBuilder()
                .executor(threads)
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(patience);
        trust.context().ifPresent(builder::sslContext);
        this.client = builder.build();
    }

    private static Thread daemon(Thread thread) {
        thread.setDaemon(true);
        return thread;
    }

    private static String basic(TargetLogin login) {
        byte[] both = (login.user() + ":" + login.secret()).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(both);
    }

    URI base() {
        return base;
    }

    Duration patience() {
        return patience;
    }

    URI uri(String name) {
        return base.resolve("./" + name);
    }

    /** An answer whose body has been read. */
    record Answer(int status, HttpResponse<InputStream> response, String text) {

        boolean isGood() {
            return status >= 200 && status < 300;
        }

        boolean isMissing() {
            return status == 404 || status == 410;
        }
    }

    Answer send(String method, String name, Map<String, String> headers, String body) throws IOException {
        return send(method, name, headers, body.getBytes(StandardCharsets.UTF_8));
    }

    Answer send(String method, String name, Map<String, String> headers, byte[] bytes) throws IOException {
        HttpRequest.Builder request = request(name, headers)
                .timeout(patience)
                .method(method, bytes.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(bytes));
        HttpResponse<InputStream> response = await(method + " " + uri(name), start(request.build()));
        try (InputStream in = response.body()) {
            byte[] text = in.readNBytes(LARGEST_TEXT);
            return new Answer(response.statusCode(), response, new String(text, StandardCharsets.UTF_8));
        }
    }

    Answer send(String method, String name) throws IOException {
        return send(method, name, Map.of(), "");
    }

    /** The file from a position on; empty when it ends there. */
    InputStream get(String name, long offset) throws IOException {
        Map<String, String> headers = offset == 0 ? Map.of() : Map.of("Range", "bytes=" + offset + "-");
        HttpRequest request = request(name, headers).timeout(patience).GET().build();
        HttpResponse<InputStream> response = await("GET " + uri(name), start(request));
        InputStream body = response.body();
        if (response.statusCode() == 200) {
            // Some servers know no ranges and send the whole file.
            body.skipNBytes(offset);
            return body;
        }
        if (response.statusCode() == 206) {
            return body;
        }
        body.close();
        if (response.statusCode() == 416) {
            return InputStream.nullInputStream();
        }
        throw HttpProblem.of("GET", uri(name), response.statusCode(), response.headers());
    }

    /** Begins to send a file of unknown length. */
    CompletableFuture<HttpResponse<InputStream>> put(String name, PipedBody body) {
        HttpRequest request = request(name, Map.of())
                .header("Content-Type", "application/octet-stream")
                .PUT(BodyPublishers.fromPublisher(body))
                .build();
        return start(request);
    }

    private HttpRequest.Builder request(String name, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(name)).header("User-Agent", "App-Platform");
        if (!login.isEmpty()) {
            request.header("Authorization", login);
        }
        headers.forEach(request::header);
        return request;
    }

    private CompletableFuture<HttpResponse<InputStream>> start(HttpRequest request) {
        return client.sendAsync(request, head -> new TimedBody(patience));
    }

    /** @param what for the message of a failure */
    <T> T await(String what, Future<T> answer) throws IOException {
        try {
            return answer.get(patience.toMillis() * 2, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while waiting for " + what);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw TargetException.passing(what + " was not answered within " + patience.toSeconds() * 2 + " s.", e);
        } catch (ExecutionException e) {
            throw explained(what, e.getCause());
        }
    }

    private IOException explained(String what, Throwable cause) {
        if (cause instanceof TargetException known) {
            return known;
        }
        if (cause instanceof SSLHandshakeException) {
            return TargetException.lasting(
                    what + ": the server's certificate is not trusted (" + cause.getMessage()
                            + "). If it is signed by an"
                            + " authority of your own, name that authority's file with --ca.",
                    cause);
        }
        if (cause instanceof HttpTimeoutException) {
            return TargetException.passing(what + " was not answered within " + patience.toSeconds() + " s.", cause);
        }
        return TargetException.passing(what + " failed: " + reason(cause), cause);
    }

    private static String reason(Throwable cause) {
        return cause.getMessage() == null
                ? "no connection (" + cause.getClass().getSimpleName() + ")"
                : cause.getMessage();
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
