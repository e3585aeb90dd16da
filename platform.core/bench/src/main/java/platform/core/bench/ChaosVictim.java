package platform.core.bench;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The service in a process of its own that a chaos run ill-treats, and what the platform says of it. */
final class ChaosVictim {

    static final String APP = "bench";
    static final String INSTANCE = "bench@bench.example";

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration ANSWERS_WITHIN = Duration.ofMinutes(1);

    private final PlatformServer platform;
    private final ServiceProcess process;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    ChaosVictim(PlatformServer platform) {
        this.platform = platform;
        this.process = new ServiceProcess(platform.shell(), APP, URI.create(platform.borrow() + "?loans=1"));
        process.isolate();
    }

    PlatformServer platform() {
        return platform;
    }

    PostgresTools tools() {
        return new PostgresTools(platform.data());
    }

    long pid() {
        return process.pid();
    }

    void signal(String name) {
        Signal.send(name, pid());
    }

    /** As a collection that holds all its threads up. */
    void pause(long stopped) {
        Signal.send("STOP", stopped);
        Pause.of(SECOND);
        Signal.send("CONT", stopped);
    }

    /** Has the app do that; what becomes of the request is nobody's concern. */
    void misbehave(String deed) {
        HttpRequest request = HttpRequest.newBuilder(platform.borrow().resolve("misbehave?deed=" + deed))
                .timeout(ANSWERS_WITHIN)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        client.sendAsync(request, HttpResponse.BodyHandlers.discarding());
    }

    /** Whether it answers, its database included, and the platform says that it runs. */
    boolean isWell() {
        return process.serves() && states().stream().allMatch("RUNNING"::equals);
    }

    /** Whether the platform shows that something is wrong. */
    boolean isTroubled(ChaosFault.Notice notice) {
        return notice == ChaosFault.Notice.DISK
                ? alarms().stream().anyMatch(notice.alarms()::contains)
                : !states().stream().allMatch("RUNNING"::equals);
    }

    private List<String> states() {
        return List.of(state("app:info", APP), state("instance:info", INSTANCE));
    }

    private String state(String command, String name) {
        return JsonParser.parseString(platform.shell().call(command, name, "-o", "json"))
                .getAsJsonObject()
                .get("state")
                .getAsString();
    }

    /** The alarms that are active. */
    List<String> alarms() {
        return list("alarm:list").stream()
                .map(alarm -> alarm.get("id").getAsString())
                .toList();
    }

    /** Whether the history has one of these alarms that was over after that moment. */
    boolean hasCleared(Set<String> alarms, Instant after) {
        return list("alarm:history", "--limit", "10000").stream()
                .filter(it -> alarms.contains(it.get("id").getAsString()))
                .anyMatch(it -> !Instant.parse(it.get("cleared").getAsString()).isBefore(after));
    }

    private List<JsonObject> list(String... words) {
        String[] command =
                Stream.concat(Stream.of(words), Stream.of("-o", "json")).toArray(String[]::new);
        JsonArray listed =
                JsonParser.parseString(platform.shell().call(command)).getAsJsonArray();
        return StreamSupport.stream(listed.spliterator(), false)
                .map(each -> each.getAsJsonObject())
                .toList();
    }

    /** By somebody's stop and start former failures are forgotten, and threads that hang end with their process. */
    void renew() {
        process.stop();
        process.secondsToStart();
    }

    /** How many seconds a fault that ends its process costs it. */
    double secondsWithoutAnswer(ChaosFault fault) {
        renew();
        return process.secondsWithoutAnswer(() -> fault.inflict(this));
    }

    /** What the platform says of it, for a complaint. */
    String describe() {
        return platform.shell().call("app:info", APP, "-o", "json")
                + platform.shell().call("instance:info", INSTANCE, "-o", "json");
    }
}
