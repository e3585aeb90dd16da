package platform.core.bench;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;

/**
 * Kills the platform, PostgreSQL or the target server by SIGKILL at random moments of backups and restores, and looks after each
 * whether the data is that from before or that of the backup, whole, whether each listed backup verifies, and that nothing is
 * left. What is wrong ends it, with the seed and the number of the kill.
 */
final class KillsPhase implements Phase {

    private static final String KILLS = "SIGKILL at random moments of backups and restores";

    private static final Figure LATE = figure("commands that were done nevertheless");
    private static final Figure BACKUPS = figure("backups verified");

    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

    private static Figure figure(String column) {
        return new Figure("backup-kills", KILLS, column);
    }

    @Override
    public String name() {
        return "backup-kills";
    }

    @Override
    public List<Figure> figures() {
        return Stream.concat(Stream.of(Victim.values()).map(Victim::figure), Stream.of(LATE, BACKUPS))
                .toList();
    }

    /** Each kill takes a start or two: without the second compiler they take half the time. */
    @Override
    public List<String> platformFlags() {
        return List.of("-XX:TieredStopAtLevel=1");
    }

    @Override
    public void measure(Trial trial) {
        if (!(trial.server() instanceof PlatformServer platform)) {
            throw new BenchException("Only the platform makes backups.");
        }
        try (DavServer dav = new DavServer(platform.data().resolveSibling("dav"))) {
            new Kills(trial, platform, dav).run();
        }
    }

    /** What is killed. */
    private enum Victim {
        PLATFORM("the platform"),
        SERVER("PostgreSQL"),
        TARGET("the target");

        private final Figure figure;

        Victim(String word) {
            this.figure = KillsPhase.figure(word);
        }

        /** How often it was killed. */
        Figure figure() {
            return figure;
        }

        @Override
        public String toString() {
            return figure.column();
        }
    }

    /** One after the other, on one platform. */
    private static final class Kills {

        private final Trial trial;
        private final PlatformServer platform;
        private final DavServer dav;
        private final Random random;
        private final KilledInstance instance;
        private final Leftovers leftovers;
        private final Map<Victim, Integer> killed = new EnumMap<>(Victim.class);
        private int late;

        Kills(Trial trial, PlatformServer platform, DavServer dav) {
            this.trial = trial;
            this.platform = platform;
            this.dav = dav;
            this.random = new Random(trial.seed());
            this.leftovers = new Leftovers(platform.data());
            this.instance = new KilledInstance(platform, trial.megabytes(), dav.address());
        }

        void run() {
            System.err.println("  --seed " + trial.seed());
            for (int i = 1; i <= trial.kills(); i++) {
                try {
                    kill(i);
                } catch (BenchException e) {
                    throw new BenchException("Kill " + i + " of --seed " + trial.seed() + ": " + e.getMessage(), e);
                }
            }
            for (Victim victim : Victim.values()) {
                trial.record(victim.figure(), killed.getOrDefault(victim, 0));
            }
            trial.record(LATE, late);
            trial.record(BACKUPS, instance.verified());
        }

        private void kill(int number) {
            KilledInstance.Command command = instance.next(number, random);
            Victim victim = Victim.values()[random.nextInt(command.onTarget() ? 3 : 2)];
            long moment = (long) (random.nextDouble() * command.usual().toMillis());
            CompletableFuture<String> running = CompletableFuture.supplyAsync(command::run);
            Pause.of(Duration.ofMillis(moment));
            kill(victim);
            boolean done = isDone(running);
            System.err.printf(
                    "  %d: %s, %s killed after %d ms: %s%n",
                    number, command.text(), victim, moment, done ? "done nevertheless" : "failed");
            late += done ? 1 : 0;
            killed.merge(victim, 1, Integer::sum);
            bringBack(victim);
            instance.mustBeWhole(command, done);
            mustBeClean();
        }

        /** What could not be removed without the server is removed by the next start. */
        private void mustBeClean() {
            if (leftovers.find().isEmpty()) {
                return;
            }
            platform.killAndStart();
            Set<String> left = leftovers.find();
            if (!left.isEmpty()) {
                throw new BenchException("There is something left: " + String.join(", ", left));
            }
        }

        private void kill(Victim victim) {
            switch (victim) {
                case PLATFORM -> platform.kill();
                case SERVER -> new PostgresTools(platform.data()).kill();
                case TARGET -> dav.kill();
            }
        }

        private static boolean isDone(CompletableFuture<String> running) {
            try {
                running.join();
                return true;
            } catch (CompletionException e) {
                return false;
            }
        }

        private void bringBack(Victim victim) {
            switch (victim) {
                case PLATFORM -> platform.startAgain();
                case SERVER -> awaitInstance();
                case TARGET -> dav.start();
            }
        }

        private void awaitInstance() {
            long deadline = System.nanoTime() + LONGEST.toNanos();
            while (!instance.answers()) {
                if (System.nanoTime() > deadline) {
                    throw new BenchException("The instance does not run " + LONGEST.toSeconds()
                            + " s after PostgreSQL was killed: " + instance.info());
                }
                Pause.of(LOOK_AGAIN);
            }
        }
    }
}
