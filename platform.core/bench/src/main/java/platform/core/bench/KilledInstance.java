package platform.core.bench;

import com.google.gson.JsonArray;
import com.google.gson.JsonParser;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The instance that is backed up and restored while something is killed, and what must be true of it afterwards. */
final class KilledInstance {

    private static final String ID = "bench@bench.example";
    private static final String COPY = "copy@bench.example";

    private static final String CHANGE = "INSERT INTO customer (name, balance) VALUES ('number %1$d', %1$d);"
            + " DELETE FROM call WHERE id %% 1000 = %1$d; UPDATE note SET text = text || %1$d WHERE id %% 50 = %1$d %% 50";
    private static final String CONTENT =
            "SELECT (SELECT concat(count(*), ' ', sum(hashtext(t::text))) FROM customer t),"
                    + " (SELECT concat(count(*), ' ', sum(hashtext(t::text))) FROM call t),"
                    + " (SELECT concat(count(*), ' ', sum(hashtext(t::text))) FROM note t)";

    private final PlatformServer platform;
    private final Path folder;
    private final List<TargetServer> targets;
    private final Map<String, String> backups = new HashMap<>();
    private final Map<String, Duration> usual = new HashMap<>();
    private final Set<String> verified = new TreeSet<>();
    private String content;

    /**
     * What is interrupted.
     *
     * @param target the server that has a part in it
     * @param usual how long it takes when it is not
     * @param after what the instance's database may hold afterwards, besides what it has held
     */
    record Command(String text, Optional<TargetServer> target, Duration usual, Supplier<String> call, String after) {

        String run() {
            return call.get();
        }
    }

    /** @param targets the servers that backups are sent to */
    KilledInstance(PlatformServer platform, int megabytes, List<TargetServer> targets) {
        this.platform = platform;
        this.targets = targets;
        this.folder = platform.data().resolveSibling("backups");
        targets.forEach(each -> each.addTo(platform.shell()));
        tools().fill(database(), megabytes, megabytes);
        content = content(database());
        for (String place : places()) {
            String label = label(place);
            usual.put("run to " + label, time("backup:run", ID, "--to", place));
            String file = newFiles(place).get(0);
            usual.put("restore from " + label, time("backup:restore", file));
            usual.put("copy from " + label, time("backup:restore", file, "--as", COPY));
            call("instance:delete", COPY, "--yes");
        }
        tools().dropKept();
    }

    private List<String> places() {
        return Stream.concat(Stream.of(folder.toString()), targets.stream().map(TargetServer::name))
                .toList();
    }

    private String call(String... words) {
        return platform.shell().call(words);
    }

    private PostgresTools tools() {
        return new PostgresTools(platform.data());
    }

    private Duration time(String... words) {
        long begin = System.nanoTime();
        call(words);
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    /** What is compiled meanwhile is faster: a kill must not come after the end. */
    private String done(String kind, String... words) {
        Duration took = time(words);
        usual.merge(kind, took, (former, now) -> former.compareTo(now) < 0 ? former : now);
        return kind;
    }

    String info() {
        return call("instance:info", ID, "-o", "json");
    }

    private String database() {
        return platform.database(ID);
    }

    private String content(String database) {
        return tools().query(database, CONTENT);
    }

    /** Whether it runs, and its database answers. */
    boolean answers() {
        try {
            return JsonParser.parseString(info())
                            .getAsJsonObject()
                            .get("state")
                            .getAsString()
                            .equals("RUNNING")
                    && !content(database()).isEmpty();
        } catch (BenchException e) {
            return false;
        }
    }

    /** Changes the data, and chooses what is to be interrupted. */
    Command next(int number, Random random) {
        tools().query(database(), String.format(CHANGE, number));
        content = content(database());
        List<String> places = places();
        String place = places.get(random.nextInt(places.size()));
        String label = label(place);
        List<String> files = files(place);
        String file = files.get(random.nextInt(files.size()));
        return switch (random.nextInt(3)) {
            case 0 -> command("run to " + label, place, content, "backup:run", ID, "--to", place);
            case 1 -> command("restore from " + label, place, backups.get(file), "backup:restore", file);
            default -> command("copy from " + label, place, content, "backup:restore", file, "--as", COPY);
        };
    }

    private static String label(String place) {
        return place.startsWith("/") ? "the folder" : place;
    }

    private Command command(String kind, String place, String after, String... words) {
        Optional<TargetServer> target =
                targets.stream().filter(it -> it.name().equals(place)).findFirst();
        return new Command(kind, target, usual.get(kind), () -> done(kind, words), after);
    }

    private List<String> files(String place) {
        JsonArray listed = JsonParser.parseString(call("backup:list", "--from", place, "-o", "json"))
                .getAsJsonArray();
        return listed.asList().stream()
                .map(each -> each.getAsJsonObject().get("file").getAsString())
                .toList();
    }

    /** Those that were not there before: they have what the instance has now. Each is read to its end. */
    private List<String> newFiles(String place) {
        List<String> found = new ArrayList<>(files(place));
        found.removeAll(backups.keySet());
        for (String file : found) {
            call("backup:verify", file);
            verified.add(file);
            backups.put(file, content);
        }
        return found;
    }

    int verified() {
        return verified.size();
    }

    /** @param done whether the command said so */
    void mustBeWhole(Command command, boolean done) {
        String now = content(database());
        if (!now.equals(command.after()) && (done || !now.equals(content))) {
            throw new BenchException("After " + command.text() + " the database has neither the old data nor the new: "
                    + now + " instead of " + content + " or " + command.after());
        }
        int made = places().stream().mapToInt(place -> newFiles(place).size()).sum();
        if (done && command.text().startsWith("run") && made == 0) {
            throw new BenchException("The backup that was made is not there.");
        }
        content = now;
        copyMustBeWhole(done && command.text().startsWith("copy"));
        tools().dropKept();
    }

    private void copyMustBeWhole(boolean made) {
        if (!call("instance:list", "-o", "json").contains(COPY)) {
            if (made) {
                throw new BenchException("The new instance that was made is not there.");
            }
            return;
        }
        String copied = content(platform.database(COPY));
        if (!backups.containsValue(copied)) {
            throw new BenchException("The new instance has data that is in no backup: " + copied);
        }
        call("instance:delete", COPY, "--yes");
    }
}
