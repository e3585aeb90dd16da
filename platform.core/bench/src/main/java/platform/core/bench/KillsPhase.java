package platform.core.bench;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
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

    private static final String PLATFORM = "the platform";
    private static final String SERVER = "PostgreSQL";

    private static final Figure LATE = figure("commands that were done nevertheless");
    private static final Figure BACKUPS = figure("backups verified");

    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

    /** What is killed comes back after that at the latest: the platform tries a target again for many minutes. */
    private static final Duration AWAY = Duration.ofSeconds(5);

    private static Figure figure(String column) {
        return new Figure("backup-kills", KILLS, column);
    }

    @Override
    public String name() {
        return "backup-kills";
    }

    @Override
    public List<Figure> figures() {
        return Stream.concat(victimNames().map(KillsPhase::figure), Stream.of(LATE, BACKUPS))
                .toList();
    }

    private static Stream<String> victimNames() {
        return Stream.concat(Stream.of(PLATFORM, SERVER), TargetServers.NAMES.stream());
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
        try (TargetServers targets =
                new TargetServers(platform.data().resolveSibling("targets"), platform.s3Server())) {
            new Kills(trial, platform, targets.all()).run();
        }
    }

    /** What is killed. */
    private record Victim(String name, Runnable kill, Runnable bringBack) {}

    /** One after the other, on one platform. */
    private static final class Kills {

        private final Trial trial;
        private final PlatformServer platform;
        private final Random random;
        private final KilledInstance instance;
        private final Leftovers leftovers;
        private final Map<String, Integer> killed = new TreeMap<>();
        private int late;

        Kills(Trial trial, PlatformServer platform, List<TargetServer> targets) {
            this.trial = trial;
            this.platform = platform;
            this.random = new Random(trial.seed());
            this.leftovers = new Leftovers(platform.data());
            this.instance = new KilledInstance(platform, trial.megabytes(), targets);
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
            victimNames().forEach(name -> trial.record(figure(name), killed.getOrDefault(name, 0)));
            trial.record(LATE, late);
            trial.record(BACKUPS, instance.verified());
        }

        private void kill(int number) {
            KilledInstance.Command command = instance.next(number, random);
            List<Victim> victims = victims(command);
            Victim victim = victims.get(random.nextInt(victims.size()));
            long moment = (long) (random.nextDouble() * command.usual().toMillis());
            CompletableFuture<String> running = CompletableFuture.supplyAsync(command::run);
            Pause.of(Duration.ofMillis(moment));
            victim.kill().run();
            awaitEnd(running);
            victim.bringBack().run();
            boolean done = isDone(running);
            System.err.printf(
                    "  %d: %s, %s killed after %d ms: %s%n",
                    number, command.text(), victim.name(), moment, done ? "done nevertheless" : "failed");
            late += done ? 1 : 0;
            killed.merge(victim.name(), 1, Integer::sum);
            instance.mustBeWhole(command, done);
            mustBeClean();
        }

        private List<Victim> victims(KilledInstance.Command command) {
            return Stream.concat(
                            Stream.of(
                                    new Victim(PLATFORM, platform::kill, platform::startAgain),
                                    new Victim(
                                            SERVER,
                                            () -> new PostgresTools(platform.data()).kill(),
                                            this::awaitInstance)),
                            command.target().stream()
                                    .map(target -> new Victim(target.name(), target::kill, target::start)))
                    .toList();
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

        private static void awaitEnd(CompletableFuture<String> running) {
            long deadline = System.nanoTime() + AWAY.toNanos();
            while (!running.isDone() && System.nanoTime() < deadline) {
                Pause.of(LOOK_AGAIN);
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
