package platform.backup.archive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import platform.backup.api.BackupException;

/**
 * Fetches command files by HTTP or HTTPS, and by nothing else: not by way of a redirect either, and from HTTPS only to HTTPS.
 * What is too long, or takes too long, is refused. A user and a password in the address are for its own host.
 */
final class CommandFileFetcher {

    static final int MOST_BYTES = 256 << 10;

    private static final int REDIRECTS = 5;
    private static final Set<Integer> MOVED = Set.of(301, 302, 303, 307, 308);

    private final Duration patience;
    private final HttpClient client;

    /** @param patience how long one answer may take, to its end */
    CommandFileFetcher(Duration patience) {
        this.patience = patience;
        this.client = HttpClient.newBuilder()
                .connectTimeout(patience)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /** @throws BackupException when it is not HTTP or HTTPS, or has no host */
    static URI checked(URI url) {
        String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
        if (url.getHost() == null || !Set.of("http", "https").contains(scheme)) {
            throw new BackupException("The address '" + CommandFileParser.shown(url.toString())
                    + "' is not allowed. Give one that begins with http:// or https:// and a host.");
        }
        return url;
    }

    /** @throws BackupException when it cannot be fetched */
    String fetch(URI from) throws InterruptedException {
        URI url = checked(from);
        for (int i = 0; i <= REDIRECTS; i++) {
            HttpResponse<byte[]> answer = get(url, from);
            if (answer.statusCode() == 200) {
                return new String(answer.body(), StandardCharsets.UTF_8);
            }
            if (!MOVED.contains(answer.statusCode())) {
                throw problem(url, "the server answers " + answer.statusCode() + ". Look there.");
            }
            url = next(url, answer);
        }
        throw problem(from, "it is redirected more than " + REDIRECTS + " times. Give the final address.");
    }

    private static URI next(URI url, HttpResponse<byte[]> answer) {
        Optional<String> location = answer.headers().firstValue("Location").filter(it -> !it.isBlank());
        try {
            URI next =
                    checked(location.map(url::resolve).orElseThrow(() -> problem(url, "it is redirected to nowhere.")));
            if (url.getScheme().equalsIgnoreCase("https") && !next.getScheme().equalsIgnoreCase("https")) {
                throw problem(url, "it is redirected from HTTPS to HTTP. Give the final address.");
            }
            return next;
        } catch (IllegalArgumentException e) {
            throw problem(url, "it is redirected to what is no address.");
        }
    }

    private HttpResponse<byte[]> get(URI url, URI first) throws InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(withoutUser(url)).timeout(patience).GET();
        if (first.getRawUserInfo() != null && sameServer(url, first)) {
            request.header("Authorization", "Basic " + encoded(first.getUserInfo()));
        }
        CompletableFuture<HttpResponse<byte[]>> answer = client.sendAsync(request.build(), head -> new LimitedBody());
        try {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw problem(url, "the answer takes longer than " + patience.toSeconds() + " s. Try again.");
        } catch (ExecutionException e) {
            throw problem(url, reason(e.getCause()));
        } finally {
            answer.cancel(true);
        }
    }

    private static String reason(Throwable cause) {
        return cause instanceof TooLongException
                ? "it has more than " + MOST_BYTES + " bytes. Make it shorter."
                : cause + ". Look whether the server can be reached.";
    }

    private static boolean sameServer(URI a, URI b) {
        return a.getScheme().equalsIgnoreCase(b.getScheme())
                && a.getHost().equalsIgnoreCase(b.getHost())
                && a.getPort() == b.getPort();
    }

    private static String encoded(String user) {
        return Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8));
    }

    private static URI withoutUser(URI url) {
        return url.getRawUserInfo() == null ? url : URI.create(url.toString().replaceFirst("://[^/]*@", "://"));
    }

    private static BackupException problem(URI url, String what) {
        return new BackupException(
                "The command file at " + CommandFileParser.shown(url.toString()) + " was not run: " + what);
    }

    /** More came than is read. */
    private static final class TooLongException extends IOException {

        private static final long serialVersionUID = 1L;
    }

    /** Keeps what comes, up to the limit. */
    private static final class LimitedBody implements HttpResponse.BodySubscriber<byte[]> {

        private final CompletableFuture<byte[]> body = new CompletableFuture<>();
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private Optional<Flow.Subscription> source = Optional.empty();

        @Override
        public CompletionStage<byte[]> getBody() {
            return body;
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            source = Optional.of(subscription);
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(List<ByteBuffer> buffers) {
            for (ByteBuffer buffer : buffers) {
                byte[] part = new byte[buffer.remaining()];
                buffer.get(part);
                bytes.writeBytes(part);
            }
            if (bytes.size() > MOST_BYTES) {
                source.ifPresent(Flow.Subscription::cancel);
                body.completeExceptionally(new TooLongException());
            }
        }

        @Override
        public void onError(Throwable failure) {
            body.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            body.complete(bytes.toByteArray());
        }
    }
}
