package platform.core.bench;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a backup and a restore cost, beside PostgreSQL's own {@code pg_dump -Fc} and {@code pg_restore -j2} of the same database. */
final class BackupPhase implements Phase {

    private static final String BACKUP = "Backup of one instance, by the shell";
    private static final String RESTORE = "Restore to a new instance, verified and started";

    private static final Figure SECONDS = figure(BACKUP, "seconds");
    private static final Figure PLAIN_SECONDS = figure(BACKUP, "pg_dump -Fc, seconds");
    private static final Figure TIME = figure(BACKUP, "time / pg_dump's").atMost(0.7);
    private static final Figure CPU = figure(BACKUP, "CPU s");
    private static final Figure CPU_RATIO = figure(BACKUP, "CPU / pg_dump's");
    private static final Figure SIZE = figure(BACKUP, "size / pg_dump's").atMost(0.9);
    private static final Figure MEGABYTES = figure(BACKUP, "MB of the database");
    private static final Figure HEAP = figure(BACKUP, "heap growth MB").atMost(64);
    private static final Figure RESTORED = figure(RESTORE, "seconds");
    private static final Figure PLAIN_RESTORED = figure(RESTORE, "pg_restore -j2, seconds");
    private static final Figure RESTORE_TIME =
            figure(RESTORE, "time / pg_restore's").atMost(1.1);
    private static final Figure RESTORE_CPU = figure(RESTORE, "CPU s");
    private static final Figure RESTORE_CPU_RATIO = figure(RESTORE, "CPU / pg_restore's");

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
        return List.of(
                SECONDS,
                PLAIN_SECONDS,
                TIME,
                CPU,
                CPU_RATIO,
                SIZE,
                MEGABYTES,
                HEAP,
                RESTORED,
                PLAIN_RESTORED,
                RESTORE_TIME,
                RESTORE_CPU,
                RESTORE_CPU_RATIO);
    }

    @Override
    public void measure(Trial trial) {
        if (!(trial.server() instanceof PlatformServer platform)) {
            throw new BenchException("Only the platform makes backups.");
        }
        ShellCaller shell = platform.shell();
        String database = platform.database(INSTANCE);
        PostgresTools tools = new PostgresTools(platform.data());
        double bytes = tools.fill(database, trial.megabytes(), trial.megabytes() * TABLES_A_MEGABYTE);
        trial.record(MEGABYTES, bytes / MEGA);

        Path folder = platform.data().getParent();
        Path dump = folder.resolve("plain.dump");
        Path backups = folder.resolve("backups");
        Runnable plain = () -> tools.dump(database, dump);
        Runnable ours = () -> shell.call("backup:run", INSTANCE, "--to", backups.toString());
        plain.run();
        ours.run();
        Turns made = Turns.measure(
                platform, new Turns.Way(plain, tools::checkpoint), new Turns.Way(ours, tools::checkpoint));
        record(trial, made, SECONDS, PLAIN_SECONDS, TIME, CPU, CPU_RATIO);
        Path backup = newest(shell, backups);
        trial.record(SIZE, size(backup) / size(dump));
        trial.record(HEAP, trial.probe().heapGrowth(ours) / MEGA);

        Turns restored = Turns.measure(
                platform,
                new Turns.Way(() -> tools.restore(PLAIN, dump), () -> tools.drop(PLAIN)),
                new Turns.Way(() -> shell.call("backup:restore", backup.toString(), "--as", COPY), () -> {
                    shell.call("instance:delete", COPY, "--yes");
                    tools.checkpoint();
                }));
        record(trial, restored, RESTORED, PLAIN_RESTORED, RESTORE_TIME, RESTORE_CPU, RESTORE_CPU_RATIO);
    }

    private static void record(
            Trial trial, Turns turns, Figure seconds, Figure plain, Figure time, Figure cpu, Figure cpuRatio) {
        trial.record(seconds, Cost.median(turns.ours(), Cost::seconds));
        trial.record(plain, Cost.median(turns.plain(), Cost::seconds));
        trial.record(time, turns.ratio(Cost::seconds));
        trial.record(cpu, Cost.median(turns.ours(), Cost::cpu));
        trial.record(cpuRatio, turns.ratio(Cost::cpu));
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
}
