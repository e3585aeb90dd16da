package platform.core.bench;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** An instance that is moved between two platforms while it is written to, and what must be true of it afterwards. */
final class MovingInstance implements AutoCloseable {

    private static final String ID = "moving@bench.example";
    private static final String UNCHANGED =
            "SELECT (SELECT concat(count(*), ' ', sum(hashtext(t::text))) FROM customer t),"
                    + " (SELECT concat(count(*), ' ', sum(hashtext(t::text))) FROM note t), (SELECT count(*) FROM call)";
    private static final String LOST =
            "SELECT count(*) FROM generate_series(1, %d) n LEFT JOIN written w ON w.number = n LEFT JOIN call c ON c.id = n"
                    + " WHERE w.number IS NULL OR c.kind IS DISTINCT FROM 'again'";

    private final List<PlatformServer> platforms;
    private final double bytes;
    private final String unchanged;
    private final SteadyWriter writer;

    /**
     * Makes it on the first of two platforms, and begins to write to it.
     *
     * @param rate how many rows are written in a second
     */
    MovingInstance(List<PlatformServer> platforms, int megabytes, int rate) {
        this.platforms = platforms;
        PlatformServer first = platforms.get(0);
        first.shell().call("instance:create", ID, "--app", "bench");
        String database = first.database(ID);
        PostgresTools tools = new PostgresTools(first.data());
        bytes = tools.fill(database, megabytes, megabytes);
        tools.query(database, "SET ROLE \"" + database + "\"; CREATE TABLE written (number bigint PRIMARY KEY)");
        unchanged = tools.query(database, UNCHANGED);
        String path = first.info(ID).get("path").getAsString();
        writer = new SteadyWriter(
                platforms.stream().map(it -> it.http().resolve(path + "/")).toList(), rate);
    }

    double bytes() {
        return bytes;
    }

    SteadyWriter writer() {
        return writer;
    }

    /** Moves it; returns what the platform says of that. */
    JsonObject move(PlatformServer from, PlatformServer to) {
        String ticket = JsonParser.parseString(to.shell().call("instance:accept-move", "-o", "json"))
                .getAsJsonObject()
                .get("ticket")
                .getAsString();
        String result = from.shell()
                .answering(ticket, "instance:move", ID, "--to", to.http().toString(), "--yes", "-o", "json");
        return JsonParser.parseString(result).getAsJsonObject();
    }

    /** The platform on which it runs; empty while that is not exactly one. */
    Optional<PlatformServer> home() {
        List<PlatformServer> homes = platforms.stream()
                .filter(it -> listed(it).map(MovingInstance::runs).orElse(false))
                .toList();
        return homes.size() == 1 ? Optional.of(homes.get(0)) : Optional.empty();
    }

    private static boolean runs(JsonObject listed) {
        return listed.get("state").getAsString().equals("RUNNING");
    }

    private static Optional<JsonObject> listed(PlatformServer platform) {
        JsonArray all = JsonParser.parseString(platform.shell().call("instance:list", "-o", "json"))
                .getAsJsonArray();
        return all.asList().stream()
                .map(JsonElement::getAsJsonObject)
                .filter(each -> each.get("id").getAsString().equals(ID))
                .findFirst();
    }

    /** What either platform says of it. */
    String describe() {
        return platforms.stream()
                .map(it -> listed(it).map(JsonObject::toString).orElse("nothing"))
                .toList()
                .toString();
    }

    /** Removes what the other platform has of it still, and looks whether this one has all of it. */
    void mustBeWholeAt(PlatformServer home) {
        long confirmed = writer.confirmed();
        PostgresTools tools = new PostgresTools(home.data());
        String database = home.database(ID);
        String lost = tools.query(database, String.format(LOST, confirmed));
        String now = tools.query(database, UNCHANGED);
        if (!lost.equals("0") || !now.equals(unchanged)) {
            throw new BenchException("The instance has lost " + lost + " of " + confirmed
                    + " rows whose writing was confirmed, and has " + now + " instead of " + unchanged);
        }
        platforms.stream().filter(it -> it != home).forEach(MovingInstance::remove);
    }

    private static void remove(PlatformServer former) {
        if (listed(former).isPresent()) {
            former.shell().call("instance:delete", ID, "--yes");
        }
        String left = new PostgresTools(former.data())
                .query("postgres", "SELECT datname FROM pg_database WHERE datname = '" + ID + "'");
        if (!left.isBlank()) {
            throw new BenchException("The platform that has not the instance has the database " + left + " still.");
        }
    }

    /** Waits until the instance confirms that something is written. */
    void mustBeWritten(Duration within) {
        long before = writer.confirmed();
        long deadline = System.nanoTime() + within.toNanos();
        while (writer.confirmed() == before) {
            if (System.nanoTime() > deadline) {
                throw new BenchException(
                        "Nothing can be written to the instance for " + within.toSeconds() + " s: " + describe());
            }
            Pause.of(Duration.ofMillis(50));
        }
    }

    @Override
    public void close() {
        writer.close();
    }
}
