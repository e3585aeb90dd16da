package platform.core.itest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The product under test: the distribution as a process of its own, with a data folder of its own. No short cuts. */
final class Product implements AutoCloseable {

    static final Duration START = Duration.ofSeconds(90);
    static final Duration STOP = Duration.ofSeconds(10);
    static final Duration COMMAND = Duration.ofSeconds(60);

    private static final Pattern ADDRESSES = Pattern.compile("(?s)(http://\\S+)\\s.*?(https://\\S+)\\s");
    private static final int LOG_TAIL = 6_000;

    private final Path distribution;
    private final Path data;
    private final Map<String, String> environment = new HashMap<>(SHORT_LIVED);
    /** None lives long enough to repay the cost of the second compiler, or of training a cache. */
    private static final Map<String, String> SHORT_LIVED =
            Map.of("PLATFORM_AOT", "off", "PLATFORM_JAVA_OPTS", "-XX:TieredStopAtLevel=1");

    private final List<ProductProcess> starts = new ArrayList<>();
    private URI http;
    private URI https;

    private Product(Path distribution, Path data) {
        this.distribution = distribution;
        this.data = data;
    }

    /** A product that has not been started yet; its data folder is not there yet. */
    static Product of(Path distribution) {
        return new Product(distribution, newFolder().resolve("data"));
    }

    static Product of(Path distribution, Path data) {
        return new Product(distribution, data);
    }

    /** A folder under the temporary one that other users may pass through, as PostgreSQL must. */
    static Path newFolder() {
        try {
            Path folder = Files.createTempDirectory("platform-it");
            return Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make a temporary folder", e);
        }
    }

    /** The distribution as the build has left it. */
    static Path built() {
        String given = System.getProperty("platform.distribution");
        Path target = Path.of(System.getProperty("basedir", ""))
                .resolve("../dist/target")
                .toAbsolutePath();
        try (Stream<Path> files = given == null ? Files.list(target) : Stream.of(Path.of(given))) {
            return files.filter(folder -> Files.isExecutable(folder.resolve("bin/platform")))
                    .findFirst()
                    .orElseThrow(
                            () -> new AssertionError("No distribution in " + target + ": build platform.core.dist"))
                    .normalize();
        } catch (IOException e) {
            throw new UncheckedIOException("No distribution in " + target + ": build platform.core.dist", e);
        }
    }

    /** From the next start on. */
    Product with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** Writes the webserver's settings, before the first start. */
    Product configureWebserver(String... lines) {
        ProductFiles.write(data.resolve("etc/platform.webserver.jetty.cfg"), String.join("\n", lines) + "\n");
        return this;
    }

    private void setAddresses(MatchResult addresses) {
        http = URI.create(addresses.group(1));
        https = URI.create(addresses.group(2));
    }

    /** The reserve of each product that a test starts would keep the disk busy. */
    private void keepReserveSmall() {
        Path settings = data.resolve("etc/platform.db.disk.cfg");
        if (!Files.exists(settings)) {
            ProductFiles.write(settings, "reserve.megabytes = 1\n");
        }
    }

    /** Starts it and waits until it has printed its addresses. */
    Product start() {
        keepReserveSmall();
        ProductProcess run = launch();
        setAddresses(run.await(ADDRESSES, START));
        return this;
    }

    /** Starts it and waits for nothing. */
    ProductProcess launch() {
        ProductProcess run = ProductProcess.start(
                command("run", "--data", data.toString(), "--http", "0", "--https", "0", "--bind", "127.0.0.1"));
        starts.add(run);
        return run;
    }

    /** The command that a user types. */
    ProcessBuilder command(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(distribution.resolve("bin/platform").toString());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().remove("PLATFORM_ADMIN_PASSWORD");
        builder.environment().putAll(environment);
        return builder;
    }

    /** Runs a verb to its end. */
    ProductProcess.Result platform(String... arguments) {
        return ProductProcess.run(command(arguments), "", START);
    }

    /** Runs a command of the shell to its end. */
    ProductProcess.Result shell(String... arguments) {
        return shellWithInput("", arguments);
    }

    ProductProcess.Result shellWithInput(String input, String... arguments) {
        String[] verb = {"shell", "--data", data.toString()};
        String[] all = Stream.of(verb, arguments).flatMap(Stream::of).toArray(String[]::new);
        return ProductProcess.run(command(all), input, COMMAND);
    }

    /** Runs a command of the shell that must succeed, and gives its result. */
    JsonElement json(String... arguments) {
        String[] all = Stream.of(arguments, new String[] {"-o", "json"})
                .flatMap(Stream::of)
                .toArray(String[]::new);
        ProductProcess.Result result = shell(all);
        assertThat(result.status())
                .as("%s: %s", String.join(" ", arguments), result)
                .isZero();
        return JsonParser.parseString(result.out());
    }

    /** What a list command lists, by the field that is its key. */
    Map<String, JsonObject> list(String command, String key) {
        Map<String, JsonObject> listed = new TreeMap<>();
        json(command)
                .getAsJsonArray()
                .forEach(item -> listed.put(item.getAsJsonObject().get(key).getAsString(), item.getAsJsonObject()));
        return listed;
    }

    /** Copies a jar into the apps folder as a user would, not atomically. */
    void drop(Path jar, String fileName) {
        try {
            Files.copy(jar, data.resolve("apps").resolve(fileName), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot copy " + jar, e);
        }
    }

    /** Drops one of the distribution's own apps and waits until it runs. */
    void dropSample(String app) {
        drop(sample(app), "app." + app + ".jar");
        awaitApp(app, "RUNNING");
    }

    Path sample(String app) {
        return distribution.resolve("samples/app." + app + ".jar");
    }

    void awaitApp(String app, String state) {
        ProductWait.until(app + " is " + state, Duration.ofSeconds(30), () -> state.equals(stateOf(app)));
    }

    private String stateOf(String app) {
        JsonObject info = list("app:list", "name").get(app);
        return info == null ? "" : info.get("state").getAsString();
    }

    URI http() {
        return http;
    }

    URI https() {
        return https;
    }

    Path data() {
        return data;
    }

    /** Each start's process, the first one first. */
    List<ProductProcess> starts() {
        return starts;
    }

    private ProductProcess last() {
        return starts.get(starts.size() - 1);
    }

    /** The Java VM. */
    ProcessHandle vm() {
        try {
            long pid = Long.parseLong(
                    Files.readString(data.resolve("run/platform.pid")).strip());
            return ProcessHandle.of(pid).orElseThrow(() -> new AssertionError("There is no process " + pid));
        } catch (IOException e) {
            throw new UncheckedIOException("The pid file cannot be read", e);
        }
    }

    boolean isRunning() {
        return !starts.isEmpty() && last().process().isAlive();
    }

    /** Sends SIGTERM to what the user has started; gives how long it took, and how it ended. */
    ProductProcess.Result terminate() {
        last().process().destroy();
        return last().finish(STOP.plusSeconds(20));
    }

    /** SIGKILL, as the kernel's memory killer sends it. */
    void kill() {
        vm().destroyForcibly();
        last().finish(STOP);
    }

    /** Waits for an end that somebody else has caused. */
    void awaitEnd() {
        last().finish(Duration.ofSeconds(30));
    }

    /** All processes that have to do with the data folder. */
    List<String> processes() {
        return ProcessHandle.allProcesses()
                .map(process -> process.info().commandLine().orElse(""))
                .filter(line -> line.contains(data.toString()))
                .toList();
    }

    /** What it has said and logged lately, for the message of a test that failed. */
    String logs() {
        StringBuilder logs = new StringBuilder();
        starts.forEach(start -> logs.append(tail(start.describe())).append('\n'));
        try (Stream<Path> files = Files.walk(data.resolve("logs"))) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                logs.append("--- ").append(file).append('\n').append(tail(ProductFiles.text(file)));
            }
        } catch (IOException | UncheckedIOException e) {
            logs.append("(no logs: ").append(e).append(')');
        }
        return logs.toString();
    }

    private static String tail(String text) {
        return text.length() <= LOG_TAIL ? text : "[…]" + text.substring(text.length() - LOG_TAIL);
    }

    /** Ends it, however it is, and removes its data. */
    @Override
    public void close() {
        if (isRunning()) {
            last().process().destroy();
            last().finish(STOP.plusSeconds(20));
        }
        ProductFiles.delete(data.getParent());
    }
}
