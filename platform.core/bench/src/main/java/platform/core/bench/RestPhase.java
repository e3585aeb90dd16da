package platform.core.bench;

import com.google.gson.JsonArray;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How long it takes to list very many instances with all their states, by REST. */
final class RestPhase implements Phase {

    private static final String TABLE = "Listing all instances with their states, by REST, one request after the other";
    private static final Figure MEDIAN = new Figure("rest", TABLE, "p50 ms");
    private static final Figure P95 = new Figure("rest", TABLE, "p95 ms").atMost(50);
    private static final Figure BYTES = new Figure("rest", TABLE, "KB of JSON");
    private static final int LARGEST_PAGE = 1000;
    private static final int OK = 200;
    private static final double MEGA = 1e6;

    @Override
    public String name() {
        return "rest";
    }

    @Override
    public List<Figure> figures() {
        return List.of(MEDIAN, P95, BYTES);
    }

    @Override
    public void measure(Trial trial) {
        if (!(trial.server() instanceof PlatformServer platform)) {
            throw new BenchException("Only the platform has REST.");
        }
        int wanted = Math.min(trial.instances(), LARGEST_PAGE);
        // There are two already.
        for (int i = 2; i < wanted; i++) {
            platform.shell()
                    .call("instance:create", String.format(Locale.ROOT, "i%d@bench.example", i), "--app", "hello");
        }
        String token = platform.shell().call("token:add", "bench", "--user", "admin", "--role", "viewer", "-o", "json");
        HttpRequest list = HttpRequest.newBuilder(platform.http().resolve("/manager/api/v1/instances?limit=" + wanted))
                .header("Authorization", "Bearer " + secret(token))
                .build();
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        repeat(client, list, wanted, trial.requestsWarmUpSeconds());
        List<Double> took = repeat(client, list, wanted, trial.seconds());
        trial.record(MEDIAN, Statistics.median(took));
        trial.record(P95, Statistics.percentile(took, 0.95));
        trial.record(BYTES, send(client, list).length() / 1e3);
    }

    private static String secret(String token) {
        return JsonParser.parseString(token).getAsJsonObject().get("token").getAsString();
    }

    /** How many milliseconds each took. */
    private static List<Double> repeat(HttpClient client, HttpRequest list, int instances, double seconds) {
        List<Double> took = new ArrayList<>();
        long end = System.nanoTime() + (long) (seconds * 1e9);
        do {
            long begin = System.nanoTime();
            String answer = send(client, list);
            took.add((System.nanoTime() - begin) / MEGA);
            if (took.size() == 1) {
                mustHave(instances, JsonParser.parseString(answer).getAsJsonArray());
            }
        } while (System.nanoTime() < end);
        return took;
    }

    private static void mustHave(int instances, JsonArray list) {
        if (list.size() != instances) {
            throw new BenchException("Of " + instances + " instances " + list.size() + " are listed.");
        }
    }

    private static String send(HttpClient client, HttpRequest list) {
        URI uri = list.uri();
        try {
            HttpResponse<String> answer = client.send(list, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != OK) {
                throw new BenchException(uri + " answers " + answer.statusCode() + ": " + answer.body());
            }
            return answer.body();
        } catch (IOException e) {
            throw new BenchException(uri + " does not answer: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchException("Interrupted", e);
        }
    }
}
