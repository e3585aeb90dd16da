package platform.backup.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import platform.backup.api.BackupException;
import platform.backup.api.TargetStep;
import platform.backup.api.TargetTest;

/** Tries a target as a backup would use it, with a small file, and tells how each step went. */
final class TargetCheck {

    private final Clock clock;
    private final List<TargetStep> steps = new ArrayList<>();
    private final String name =
            "test-" + Long.toString(ThreadLocalRandom.current().nextLong() >>> 1, 36);

    private TargetCheck(Clock clock) {
        this.clock = clock;
    }

    /** @param connection makes the target */
    static TargetTest run(String name, Retry.Work<Target> connection, Clock clock) {
        TargetCheck check = new TargetCheck(clock);
        try {
            check.run(connection);
        } catch (IOException | RuntimeException e) {
            // The last step tells it.
            return new TargetTest(name, check.steps);
        }
        return new TargetTest(name, check.steps);
    }

    private void run(Retry.Work<Target> connection) throws IOException {
        byte[] content = ("A test of the App Platform, " + clock.instant() + "\n").getBytes(StandardCharsets.UTF_8);
        try (Target target = step("connect", connection)) {
            step("write", () -> write(target, content));
            try {
                step("list", () -> find(target, content.length));
                step("read", () -> read(target, content));
            } finally {
                step("delete", () -> delete(target));
            }
        }
    }

    private <T> T step(String step, Retry.Work<T> work) throws IOException {
        Instant begin = clock.instant();
        try {
            T result = work.run();
            steps.add(new TargetStep(step, true, "", Duration.between(begin, clock.instant())));
            return result;
        } catch (IOException | RuntimeException e) {
            boolean isExplained = e instanceof TargetException || e instanceof BackupException;
            String message = isExplained ? e.getMessage() : e.toString();
            steps.add(new TargetStep(step, false, message, Duration.between(begin, clock.instant())));
            throw e;
        }
    }

    private String write(Target target, byte[] content) throws IOException {
        try (Upload upload = target.begin(name)) {
            upload.write(content);
            upload.complete();
        }
        return name;
    }

    private String find(Target target, int bytes) throws IOException {
        boolean isThere =
                target.list(name).stream().anyMatch(kept -> kept.name().equals(name) && kept.bytes() == bytes);
        if (!isThere) {
            throw TargetException.lasting(
                    "What was written is not in the list, or of another size. Something may cache or filter in between.");
        }
        return name;
    }

    private String read(Target target, byte[] content) throws IOException {
        // From the middle on, as a read that was cut off would go on.
        int middle = content.length / 2;
        try (InputStream whole = target.read(name, 0);
                InputStream half = target.read(name, middle)) {
            boolean isSame = Arrays.equals(whole.readAllBytes(), content)
                    && Arrays.equals(half.readAllBytes(), Arrays.copyOfRange(content, middle, content.length));
            if (!isSame) {
                throw TargetException.lasting(
                        "What was read is not what was written. Something changes it in between.");
            }
        }
        return name;
    }

    private String delete(Target target) throws IOException {
        target.delete(name);
        if (!target.list(name).isEmpty()) {
            throw TargetException.lasting("What was deleted is still in the list. Let this user delete there.");
        }
        return name;
    }
}
