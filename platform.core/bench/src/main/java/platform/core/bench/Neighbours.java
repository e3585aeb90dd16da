package platform.core.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The load on apps that nothing is wrong with: they must answer each request and each message whatever happens to others. */
final class Neighbours implements AutoCloseable {

    private static final int OF_EACH = 2;
    private static final int OK = 200;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<Neighbour> all = new ArrayList<>();
    private final List<Outage> outages = new ArrayList<>();

    /** A time in which all may have trouble. */
    private record Outage(long begin, long end) {

        boolean touches(Neighbour.Trouble trouble) {
            return trouble.end() - begin >= 0 && end - trouble.begin() >= 0;
        }
    }

    /** Begins to ask for a page. */
    void askFor(URI page) {
        HttpRequest request = HttpRequest.newBuilder(page).timeout(PATIENCE).build();
        for (int i = 0; i < OF_EACH; i++) {
            all.add(new Neighbour(page.getPath(), () -> get(request)));
        }
    }

    private void get(HttpRequest request) throws IOException, InterruptedException {
        int status =
                client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        if (status != OK) {
            throw new IOException("answered " + status);
        }
    }

    /** Begins to send messages that come back. */
    void echo(URI socket) {
        for (int i = 0; i < OF_EACH; i++) {
            all.add(new Neighbour(socket.getPath(), new EchoQuestion(client, socket, PATIENCE)));
        }
    }

    /** Whether each has had a good answer to what it asked since then. */
    boolean areWellSince(long moment) {
        return all.stream().allMatch(each -> each.isWellSince(moment));
    }

    /** What they have trouble with in this time counts as an outage of all. */
    void excuse(long begin, long end) {
        outages.add(new Outage(begin, end));
    }

    /** The first that should not have been. */
    Optional<Neighbour.Trouble> trouble() {
        return all.stream()
                .flatMap(each -> each.troubles().stream())
                .filter(trouble -> outages.stream().noneMatch(outage -> outage.touches(trouble)))
                .min(Comparator.comparingLong(Neighbour.Trouble::begin));
    }

    /** How many good answers there were. */
    long answers() {
        return all.stream().mapToLong(Neighbour::answers).sum();
    }

    @Override
    public void close() {
        all.forEach(Neighbour::close);
    }
}
