package platform.core.bench;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Kills one of two platforms by SIGKILL at a random moment of a move between them, starts it again, and looks whether the instance
 * runs on exactly one of them after a while, with every row whose writing was confirmed, and nothing of it on the other.
 */
final class MoveKillsPhase implements Phase {

    private static final String TABLE = "SIGKILL at random moments of moves";

    private static final Figure SENDERS = figure("the sending platform");
    private static final Figure RECEIVERS = figure("the receiving platform");
    private static final Figure STAYED = figure("instance stayed");
    private static final Figure MOVED = figure("instance moved");
    private static final Figure WRITES = figure("rows confirmed, none lost");

    /** What is asked every half minute is known by then. */
    private static final Duration DECIDED = Duration.ofSeconds(120);

    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);
    private static final double LAST_STEPS_MILLIS = 1500;

    private static Figure figure(String column) {
        return new Figure("move-kills", TABLE, column);
    }

    @Override
    public String name() {
        return "move-kills";
    }

    @Override
    public List<Figure> figures() {
        return List.of(SENDERS, RECEIVERS, STAYED, MOVED, WRITES);
    }

    /** Each kill takes a start: without the second compiler it takes half the time. */
    @Override
    public List<String> platformFlags() {
        return List.of("-XX:TieredStopAtLevel=1");
    }

    @Override
    public void measure(Trial trial) {
        if (!(trial.server() instanceof PlatformServer first)) {
            throw new BenchException("Only the platform moves instances.");
        }
        try (PlatformServer second = first.another();
                MovingInstance instance =
                        new MovingInstance(List.of(first, second), trial.megabytes(), trial.writes())) {
            new Kills(trial, first, second, instance).run();
        }
    }

    /** One after the other, from the platform where the instance is to the one where it is not. */
    private static final class Kills {

        private final Trial trial;
        private final MovingInstance instance;
        private final Random random;
        private PlatformServer from;
        private PlatformServer to;
        private double usual;
        private int senders;
        private int moved;

        Kills(Trial trial, PlatformServer from, PlatformServer to, MovingInstance instance) {
            this.trial = trial;
            this.instance = instance;
            this.random = new Random(trial.seed());
            this.from = from;
            this.to = to;
        }

        void run() {
            System.err.println("  --seed " + trial.seed());
            moveUndisturbed();
            moveUndisturbed();
            for (int i = 1; i <= trial.kills(); i++) {
                try {
                    kill(i);
                } catch (BenchException e) {
                    throw new BenchException("Kill " + i + " of --seed " + trial.seed() + ": " + e.getMessage(), e);
                }
            }
            trial.record(SENDERS, senders);
            trial.record(RECEIVERS, trial.kills() - senders);
            trial.record(STAYED, trial.kills() - moved);
            trial.record(MOVED, moved);
            trial.record(WRITES, instance.writer().confirmed());
        }

        /** How long it takes is known then. */
        private void moveUndisturbed() {
            long begun = System.nanoTime();
            instance.move(from, to);
            usual = millisSince(begun);
            mustBeWholeAt(to);
            turn();
        }

        private static double millisSince(long begun) {
            return Duration.ofNanos(System.nanoTime() - begun).toMillis();
        }

        private void turn() {
            PlatformServer former = from;
            from = to;
            to = former;
        }

        private void kill(int number) {
            boolean sender = random.nextBoolean();
            // The last steps are the shortest, and what has most to lose.
            double span = random.nextBoolean() ? usual : Math.min(usual, LAST_STEPS_MILLIS);
            long moment = (long) (usual - random.nextDouble() * span);
            long begun = System.nanoTime();
            CompletableFuture<Double> running = CompletableFuture.supplyAsync(() -> {
                instance.move(from, to);
                return millisSince(begun);
            });
            Pause.of(Duration.ofMillis(moment));
            PlatformServer victim = sender ? from : to;
            victim.kill();
            victim.startAgain();
            Optional<Double> took = ended(running);
            // What is compiled meanwhile is faster: a kill must not come after the end.
            took.ifPresent(millis -> usual = Math.min(usual, millis));
            PlatformServer home = decided();
            System.err.printf(
                    "  %d: the %s platform killed after %d ms of %.0f: the move %s, the instance %s%n",
                    number,
                    sender ? "sending" : "receiving",
                    moment,
                    usual,
                    took.isPresent() ? "was done" : "failed",
                    home == from ? "stayed" : "moved");
            mustBeWholeAt(home);
            senders += sender ? 1 : 0;
            if (home == to) {
                moved++;
                turn();
            }
        }

        private static Optional<Double> ended(CompletableFuture<Double> running) {
            try {
                return Optional.of(running.join());
            } catch (CompletionException e) {
                return Optional.empty();
            }
        }

        private PlatformServer decided() {
            long deadline = System.nanoTime() + DECIDED.toNanos();
            Optional<PlatformServer> home = instance.home();
            while (home.isEmpty()) {
                if (System.nanoTime() > deadline) {
                    throw new BenchException("The instance does not run on exactly one platform after "
                            + DECIDED.toSeconds() + " s: " + instance.describe());
                }
                Pause.of(LOOK_AGAIN);
                home = instance.home();
            }
            return home.get();
        }

        private void mustBeWholeAt(PlatformServer home) {
            instance.mustBeWritten(DECIDED);
            instance.mustBeWholeAt(home);
            for (PlatformServer platform : List.of(from, to)) {
                Set<String> left = new Leftovers(platform.data()).find();
                if (!left.isEmpty()) {
                    throw new BenchException("There is something left: " + String.join(", ", left));
                }
            }
        }
    }
}
