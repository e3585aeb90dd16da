package platform.core.bench;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A service that runs in a process of its own, and a page by which it is seen to serve. */
final class ServiceProcess {

    private static final Duration SERVES_WITHIN = Duration.ofMinutes(2);
    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(10);
    private static final Duration LOOK_SOON = Duration.ofMillis(5);
    private static final int OK = 200;
    private static final double NANOS = 1e9;

    private final ShellCaller shell;
    private final String app;
    private final HttpRequest page;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** @param page of one of its instances */
    ServiceProcess(ShellCaller shell, String app, URI page) {
        this.shell = shell;
        this.app = app;
        this.page = HttpRequest.newBuilder(page).timeout(ANSWERS_WITHIN).build();
    }

    /** From now on it has one. */
    void isolate() {
        shell.call("app:isolation", app, "process");
        secondsUntilItServes();
    }

    long pid() {
        String place = shell.call("app:isolation", app, "-o", "json");
        return JsonParser.parseString(place).getAsJsonObject().get("process").getAsLong();
    }

    void stop() {
        shell.call("app:stop", app);
    }

    /** How many seconds go by from the command that starts it to its first answer. */
    double secondsToStart() {
        CompletableFuture<String> starting = CompletableFuture.supplyAsync(() -> shell.call("app:start", app));
        double seconds = secondsUntilItServes();
        starting.join();
        return seconds;
    }

    /** Ends its process in some way; how many seconds go by from its last answer, or the end's cause, to its next one. */
    double secondsWithoutAnswer(Runnable end) {
        ProcFiles process = new ProcFiles(pid());
        end.run();
        long begin = System.nanoTime();
        long last = begin;
        while (!process.hasEnded()) {
            if (System.nanoTime() - begin > SERVES_WITHIN.toNanos()) {
                throw new BenchException("The process of " + app + " did not end.");
            }
            if (serves()) {
                last = System.nanoTime();
            }
            Pause.of(LOOK_SOON);
        }
        secondsUntilItServes();
        return (System.nanoTime() - last) / NANOS;
    }

    private double secondsUntilItServes() {
        long begin = System.nanoTime();
        while (!serves()) {
            if (System.nanoTime() - begin > SERVES_WITHIN.toNanos()) {
                throw new BenchException(page.uri() + " does not answer within " + SERVES_WITHIN.toSeconds()
                        + " s: see app:info " + app);
            }
            Pause.of(LOOK_SOON);
        }
        return (System.nanoTime() - begin) / NANOS;
    }

    /** Whether it answers now. */
    boolean serves() {
        try {
            return client.send(page, HttpResponse.BodyHandlers.discarding()).statusCode() == OK;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchException("Interrupted while " + app + " was waited for.", e);
        }
    }
}
