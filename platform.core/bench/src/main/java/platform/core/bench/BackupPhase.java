package platform.core.bench;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What a backup and a restore cost, beside PostgreSQL's own {@code pg_dump -Fc} and {@code pg_restore -j2} of the same database. */
final class BackupPhase implements Phase {

    private static final String BACKUP = "Backup of one instance, by the shell";
    private static final String RESTORE = "Restore to a new instance, verified and started";

    private static final Figure SECONDS = figure(BACKUP, "seconds");
    private static final Figure PLAIN_SECONDS = figure(BACKUP, "pg_dump -Fc, seconds");
    private static final Figure TIME = figure(BACKUP, "time / pg_dump's").atMost(0.7);
    private static final Figure SIZE = figure(BACKUP, "size / pg_dump's").atMost(0.9);
    private static final Figure MEGABYTES = figure(BACKUP, "MB of the database");
    private static final Figure HEAP = figure(BACKUP, "heap growth MB").atMost(64);
    private static final Figure RESTORED = figure(RESTORE, "seconds");
    private static final Figure PLAIN_RESTORED = figure(RESTORE, "pg_restore -j2, seconds");
    private static final Figure RESTORE_TIME =
            figure(RESTORE, "time / pg_restore's").atMost(1.1);

    private static final String INSTANCE = "bench@bench.example";
    private static final String COPY = "copy@bench.example";
    private static final String PLAIN = "plain";
    private static final int TABLES_A_MEGABYTE = 5;
    private static final double MEGA = 1e6;

    private static Figure figure(String table, String column) {
        return new Figure("backup", table, column);
    }

    @Override
    public String name() {
        return "backup";
    }

    @Override
    public List<Figure> figures() {
        return List.of(SECONDS, PLAIN_SECONDS, TIME, SIZE, MEGABYTES, HEAP, RESTORED, PLAIN_RESTORED, RESTORE_TIME);
    }

    @Override
    public void measure(Trial trial) {
        if (!(trial.server() instanceof PlatformServer platform)) {
            throw new BenchException("Only the platform makes backups.");
        }
        ShellCaller shell = platform.shell();
        String database = JsonParser.parseString(shell.call("instance:info", INSTANCE, "-o", "json"))
                .getAsJsonObject()
                .get("database")
                .getAsString();
        PostgresTools tools = new PostgresTools(platform.data());
        double bytes = tools.fill(database, trial.megabytes(), trial.megabytes() * TABLES_A_MEGABYTE);
        trial.record(MEGABYTES, bytes / MEGA);

        Path folder = platform.data().getParent();
        Path dump = folder.resolve("plain.dump");
        tools.dump(database, dump);
        double plain = seconds(() -> tools.dump(database, dump));
        Path backups = folder.resolve("backups");
        shell.call("backup:run", INSTANCE, "--to", backups.toString());
        double ours = seconds(() -> shell.call("backup:run", INSTANCE, "--to", backups.toString()));
        trial.record(SECONDS, ours);
        trial.record(PLAIN_SECONDS, plain);
        trial.record(TIME, ours / plain);
        Path backup = newest(shell, backups);
        trial.record(SIZE, size(backup) / size(dump));
        trial.record(HEAP, heapGrowth(trial, () -> shell.call("backup:run", INSTANCE, "--to", backups.toString())));

        double plainRestore = seconds(() -> tools.restore(PLAIN, dump));
        tools.drop(PLAIN);
        double restore = seconds(() -> shell.call("backup:restore", backup.toString(), "--as", COPY));
        shell.call("instance:delete", COPY, "--yes");
        trial.record(RESTORED, restore);
        trial.record(PLAIN_RESTORED, plainRestore);
        trial.record(RESTORE_TIME, restore / plainRestore);
    }

    private static double seconds(Runnable work) {
        long begin = System.nanoTime();
        work.run();
        return (System.nanoTime() - begin) / 1e9;
    }

    private static Path newest(ShellCaller shell, Path folder) {
        var all = JsonParser.parseString(shell.call("backup:list", "--from", folder.toString(), "-o", "json"))
                .getAsJsonArray();
        return Path.of(all.get(all.size() - 1).getAsJsonObject().get("file").getAsString());
    }

    private static double size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new BenchException("The size of " + file + " cannot be had: " + e.getMessage(), e);
        }
    }

    /** What the heap holds while the work goes on, more than before. */
    private static double heapGrowth(Trial trial, Runnable work) {
        double before = trial.probe().memory().heap();
        CompletableFuture<Void> running = CompletableFuture.runAsync(work);
        double most = before;
        while (!running.isDone()) {
            most = Math.max(most, trial.probe().liveHeap());
        }
        running.join();
        return (most - before) / MEGA;
    }
}
