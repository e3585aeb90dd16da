package platform.core.bench;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import platform.core.bench.load.Answer;

/** The load client as a process of its own: what it takes, files above all, is not the server's. */
final class LoadProcess implements AutoCloseable {

    /** So much longer than asked for the client itself waits before it answers. */
    private static final Duration GRACE = Duration.ofSeconds(60);

    private static final double OPEN_SECONDS = 180;
    private static final double ECHO_SECONDS = 120;

    private final Child child;

    LoadProcess(Path folder) {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms256m",
                "-Xmx3g",
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                System.getProperty("java.class.path"),
                LoadClient.class.getName());
        child = Child.start("load-client", command, Map.of(), folder);
    }

    long pid() {
        return child.pid();
    }

    /** Opens sockets; all of them, or it is an exception. */
    Answer open(int sockets, URI uri, boolean deflate) {
        Answer answer = ask(
                "open sockets=" + sockets + " uri=" + uri + " deflate=" + deflate + " seconds=" + OPEN_SECONDS,
                OPEN_SECONDS);
        if (answer.number("failed") > 0) {
            throw new BenchException(sockets + " sockets were to be opened on " + uri + ", but: " + answer);
        }
        return answer;
    }

    /** Sends one message on each, and compares what comes back. */
    void echo(int bytes) {
        Answer answer = ask("echo bytes=" + bytes + " seconds=" + ECHO_SECONDS, ECHO_SECONDS);
        if (answer.number("wrong") + answer.number("missing") > 0) {
            throw new BenchException("Not every message of " + bytes + " bytes came back: " + answer);
        }
    }

    Answer measure(int sockets, int bytes, double seconds) {
        Answer answer = ask("measure sockets=" + sockets + " bytes=" + bytes + " seconds=" + seconds, seconds);
        if (answer.number("wrong") + answer.number("lost") > 0) {
            throw new BenchException("Not every message of " + bytes + " bytes came back: " + answer);
        }
        return answer;
    }

    Answer churn(URI uri, int window, double seconds) {
        Answer answer = ask("churn uri=" + uri + " window=" + window + " seconds=" + seconds, seconds);
        if (answer.number("failed") > 0) {
            throw new BenchException("Not every upgrade succeeded: " + answer);
        }
        return answer;
    }

    /** Asks for a file for so long; each answer must be there and be the same. */
    Answer get(URI uri, int connections, double seconds) {
        Answer answer = ask("get uri=" + uri + " connections=" + connections + " seconds=" + seconds, seconds);
        if (answer.number("failed") > 0 || answer.number("requests") == 0) {
            throw new BenchException("Not every request for " + uri + " was answered: " + answer);
        }
        return answer;
    }

    Answer broadcast(int bytes, int times) {
        Answer answer = ask("broadcast bytes=" + bytes + " times=" + times + " seconds=" + ECHO_SECONDS, ECHO_SECONDS);
        if (answer.number("wrong") > 0 || answer.number("broadcasts") < times) {
            throw new BenchException("Not every socket got every broadcast: " + answer);
        }
        return answer;
    }

    /** How many are open now; one that the server closed is an error. */
    void mustBeOpen(int sockets) {
        Answer answer = ask("count", 1);
        if (answer.number("open") != sockets) {
            throw new BenchException("The server has closed sockets: " + answer + ", and not " + sockets + ".");
        }
    }

    void drop() {
        ask("drop", 1);
    }

    private Answer ask(String command, double seconds) {
        child.say(command);
        try {
            return Answer.parse(child.hear(GRACE.plusSeconds((long) seconds)));
        } catch (IllegalArgumentException e) {
            throw new BenchException("The load client refused '" + command + "': " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        child.close();
    }
}
