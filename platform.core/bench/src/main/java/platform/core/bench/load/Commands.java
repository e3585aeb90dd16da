package platform.core.bench.load;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Understands the lines of the load client, one after the other, and does what they say. */
public final class Commands implements AutoCloseable {

    /** So much later than its time an activity must have ended. */
    private static final double GRACE_SECONDS = 20;

    private static final int WINDOW = 64;

    private final LoadLoop loop;

    public Commands() throws IOException {
        loop = new LoadLoop();
    }

    /** Does one command, and returns its answer: a line. */
    public String perform(String line) throws InterruptedException {
        try {
            Arguments given = Arguments.parse(line);
            return given.command().equals("get")
                    ? get(given).toString()
                    : perform(activity(given)).toString();
        } catch (IllegalArgumentException | IllegalStateException e) {
            return Answer.error(e.getMessage());
        }
    }

    /** Requests need none of what sockets need: they have a loop of their own. */
    private static Answer get(Arguments given) {
        Arguments all = given.withDefaults(Map.of("connections", "16", "seconds", "5"));
        try (Getting getting = new Getting(URI.create(all.text("uri")))) {
            return getting.run(all.integer("connections"), all.number("seconds"));
        } catch (IOException e) {
            throw new IllegalStateException("Requests for " + all.text("uri") + " failed: " + e.getMessage(), e);
        }
    }

    private Answer perform(Activity activity) throws InterruptedException {
        Future<Answer> answer = loop.perform(activity);
        try {
            return answer.get((long) (activity.seconds() + GRACE_SECONDS), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException("The load client broke: start it again. " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw new IllegalStateException("The load client hangs: end it.", e);
        }
    }

    private static Activity activity(Arguments given) {
        return switch (given.command()) {
            case "open" -> {
                Arguments all = given.withDefaults(Map.of("deflate", "false", "window", "" + WINDOW, "seconds", "120"));
                yield new Opening(target(all), all.integer("sockets"), all.integer("window"), all.number("seconds"));
            }
            case "churn" -> {
                Arguments all = given.withDefaults(Map.of("deflate", "false", "window", "16", "seconds", "5"));
                yield new Churning(target(all), all.integer("window"), all.number("seconds"));
            }
            case "echo" -> {
                Arguments all = given.withDefaults(
                        Map.of("bytes", "64", "binary", "false", "window", "" + WINDOW, "seconds", "60"));
                yield new Echoing(
                        all.integer("bytes"), all.flag("binary"), all.integer("window"), all.number("seconds"));
            }
            case "measure" -> {
                Arguments all = given.withDefaults(Map.of("sockets", "100", "bytes", "64", "seconds", "5"));
                yield new Measuring(all.integer("sockets"), all.integer("bytes"), all.number("seconds"));
            }
            case "broadcast" -> {
                Arguments all = given.withDefaults(Map.of("bytes", "100", "times", "1", "seconds", "60"));
                yield new Broadcasting(all.integer("bytes"), all.integer("times"), all.number("seconds"));
            }
            default -> counting(given);
        };
    }

    private static Activity counting(Arguments given) {
        return switch (given.command()) {
            case "count" -> {
                given.withDefaults(Map.of());
                yield Counting.now();
            }
            case "await-closed" -> {
                Arguments all = given.withDefaults(Map.of("open", "0", "seconds", "60"));
                yield Counting.whenClosed(all.integer("open"), all.number("seconds"));
            }
            case "close" -> {
                Arguments all = given.withDefaults(Map.of("code", "1000", "seconds", "60"));
                yield Counting.afterClosing(all.integer("code"), all.number("seconds"));
            }
            case "drop" -> {
                given.withDefaults(Map.of());
                yield Counting.afterDropping();
            }
            default ->
                throw new IllegalArgumentException(
                        "The load client does not know '" + given.command()
                                + "', but open, get, echo, measure, broadcast, churn, count, await-closed, close, drop and quit.");
        };
    }

    private static Target target(Arguments all) {
        return new Target(URI.create(all.text("uri")), all.flag("deflate"));
    }

    @Override
    public void close() {
        loop.close();
    }
}
