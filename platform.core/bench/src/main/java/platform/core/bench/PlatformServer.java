package platform.core.bench;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The platform itself, with its database, shell and console, and two instances: one of the tutorial, which echoes, and one
 * of this module's own app, which broadcasts and has a file. It runs without an AOT cache, as the other servers do, but
 * where its own start is measured.
 */
final class PlatformServer implements Server {

    /** On a machine that does much else a start can take some minutes; what hangs is told by it nevertheless. */
    private static final Duration START = Duration.ofMinutes(10);

    private static final Map<String, String> ENVIRONMENT =
            Map.of("PLATFORM_START_TIMEOUT", String.valueOf(START.toSeconds()));

    /** What gives a start up says why: that must be heard. */
    private static final Duration PATIENCE = START.plusSeconds(30);

    private static final Duration ADOPTION = Duration.ofSeconds(60);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(500);
    private static final Duration LOOK_SOON = Duration.ofMillis(5);
    private static final double NANOS = 1e9;
    private static final Pattern ADDRESS = Pattern.compile("(https?)://[^/:\\s]+:(\\d+)");

    private final Distribution distribution;
    private final Path data;
    private final Jvm jvm;
    private final List<String> flags;
    private final Workspace workspace;
    private final SmallDisk disk;
    private List<String> cacheFlags = List.of();
    private Child child;
    private int httpPort;
    private int httpsPort;
    private final String echo;
    private final String bench;

    /** @param diskMegabytes how large the disk of its data is; 0 for the machine's own */
    PlatformServer(Distribution distribution, Jvm jvm, List<String> flags, int diskMegabytes, Workspace workspace) {
        this.distribution = distribution;
        this.jvm = jvm;
        this.flags = flags;
        this.workspace = workspace;
        try {
            data = Files.createTempDirectory(workspace.folder(), "data").resolve("data");
            Files.setPosixFilePermissions(data.getParent(), Files.getPosixFilePermissions(workspace.folder()));
            disk = SmallDisk.at(data.getParent(), diskMegabytes);
            if (!disk.canBeFilled()) {
                // A disk that is busy with the reserve is not what is to be measured.
                Path settings = Files.createDirectories(data.resolve("etc")).resolve("platform.db.disk.cfg");
                Files.writeString(settings, "reserve.megabytes = 0\n");
            }
        } catch (IOException e) {
            throw new BenchException("A data folder cannot be made: " + e.getMessage(), e);
        }
        child = launch();
        try {
            awaitPorts();
            echo = instance("hello", distribution.helloApp()) + "/echo";
            bench = instance("bench", distribution.benchApp());
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Another platform, with data and ports of its own. */
    PlatformServer another() {
        return new PlatformServer(distribution, jvm, flags, 0, workspace);
    }

    /** At its former ports, if it had some. */
    private Child launch() {
        return Child.start(
                "platform",
                distribution.command(
                        jvm, Stream.concat(flags.stream(), cacheFlags.stream()).toList(), data, httpPort, httpsPort),
                ENVIRONMENT,
                workspace.folder());
    }

    private void awaitPorts() {
        httpPort = awaitPort("http");
        httpsPort = awaitPort("https");
    }

    /** Kills it by SIGKILL and starts it again; returns when it says that all its instances were started. */
    void killAndStart() {
        kill();
        startAgain();
    }

    /** Kills it by SIGKILL, and nothing that it has started. */
    void kill() {
        child.kill();
    }

    /** Starts it after a kill. */
    void startAgain() {
        child = launch();
        awaitPorts();
    }

    /** From its next start on it has the AOT cache that a platform makes for itself, if its JVM knows them. */
    void train() {
        if (jvm.hasAotCache()) {
            Path cache = data.resolveSibling("platform.aot");
            List<String> training = distribution.training(jvm, flags, data.resolveSibling("training"), cache);
            try (Child trained = Child.start("training", training, ENVIRONMENT, workspace.folder())) {
                trained.mustEnd(START);
            }
            cacheFlags = List.of("-XX:AOTCache=" + cache, "-Xlog:aot=off,cds=off");
        }
    }

    /** Kills it and all that it has started by SIGKILL; PostgreSQL has to recover then. */
    void killAll() {
        child.killAll();
    }

    /** How many seconds a start took. */
    record Start(double untilPostgres, double untilAllRun) {}

    /** Starts it after a kill, and takes the time. */
    Start timedStart() {
        String before = postmaster();
        long begin = System.nanoTime();
        child = launch();
        String now = before;
        while (now.equals(before) || !now.endsWith("ready")) {
            if (System.nanoTime() - begin > START.toNanos()) {
                throw new BenchException("PostgreSQL did not come up within " + START.toSeconds() + " s.");
            }
            Pause.of(LOOK_SOON);
            now = postmaster();
        }
        double untilPostgres = (System.nanoTime() - begin) / NANOS;
        awaitPorts();
        return new Start(untilPostgres, (System.nanoTime() - begin) / NANOS);
    }

    /** What PostgreSQL says of itself: its process first, last whether it is ready. */
    private String postmaster() {
        try {
            return Files.readString(data.resolve("pgsql/data/postmaster.pid")).strip();
        } catch (IOException notThere) {
            return "";
        }
    }

    /** The jar of the S3 server that backups can be sent to. */
    Path s3Server() {
        return distribution.s3Server();
    }

    /** The disk of its data. */
    SmallDisk disk() {
        return disk;
    }

    /** Its data folder. */
    Path data() {
        return data;
    }

    /** Its shell. */
    ShellCaller shell() {
        return new ShellCaller(data);
    }

    /** What it knows of an instance. */
    JsonObject info(String instance) {
        return JsonParser.parseString(shell().call("instance:info", instance, "-o", "json"))
                .getAsJsonObject();
    }

    /** The name of an instance's database. */
    String database(String instance) {
        return info(instance).get("database").getAsString();
    }

    URI http() {
        return URI.create("http://127.0.0.1:" + httpPort);
    }

    /** A page of the tutorial's instance. */
    URI page() {
        return http().resolve(echo).resolve(".");
    }

    /** Where the instance of this module's app measures how long it takes to borrow a connection. */
    URI borrow() {
        return http().resolve(bench + "/borrow");
    }

    /** It prints an address a line once it is up. */
    private int awaitPort(String scheme) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            Matcher address = ADDRESS.matcher(child.hear(PATIENCE));
            if (address.find() && address.group(1).equals(scheme)) {
                return Integer.parseInt(address.group(2));
            }
        }
        throw new BenchException("The platform did not come up within " + PATIENCE.toSeconds() + " s.");
    }

    /** A page of one more app, that of events, which is dropped in now. */
    URI dropEvents() {
        return http().resolve(instance("events", distribution.eventsApp()) + "/");
    }

    /** Drops an app in, and creates an instance of it. */
    private String instance(String app, Path jar) {
        try {
            Path apps = data.resolve("apps");
            Path hidden = Files.copy(jar, apps.resolve("." + app + ".jar"));
            Files.move(hidden, apps.resolve(app + ".jar"), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new BenchException("The app " + jar + " cannot be dropped in: " + e.getMessage(), e);
        }
        awaitApp(app);
        String created = distribution.shell(data, "instance:create", app + "@bench.example", "--app", app);
        return JsonParser.parseString(created).getAsJsonObject().get("path").getAsString();
    }

    private void awaitApp(String app) {
        long deadline = System.nanoTime() + ADOPTION.toNanos();
        String listed = "";
        while (System.nanoTime() < deadline) {
            listed = distribution.shell(data, "app:list");
            for (JsonElement each : JsonParser.parseString(listed).getAsJsonArray()) {
                if (each.getAsJsonObject().get("name").getAsString().equals(app)
                        && each.getAsJsonObject().get("state").getAsString().equals("RUNNING")) {
                    return;
                }
            }
            Pause.of(LOOK_AGAIN);
        }
        throw new BenchException("The app " + app + " does not run: " + listed);
    }

    /** PostgreSQL's processes, and the tools that it runs at the moment. */
    List<ProcFiles> descendants() {
        return ProcessHandle.of(pid()).stream()
                .flatMap(ProcessHandle::descendants)
                .map(process -> new ProcFiles(process.pid()))
                .toList();
    }

    @Override
    public long pid() {
        return child.pid();
    }

    @Override
    public URI echo(boolean tls) {
        return uri(tls, echo);
    }

    @Override
    public URI broadcast() {
        return uri(false, bench + "/broadcast");
    }

    @Override
    public URI file() {
        return http().resolve(bench + "/files/kilobyte.txt");
    }

    private URI uri(boolean tls, String path) {
        return URI.create((tls ? "wss://127.0.0.1:" + httpsPort : "ws://127.0.0.1:" + httpPort) + path);
    }

    @Override
    public void close() {
        child.close();
        disk.close();
    }
}
