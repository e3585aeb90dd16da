package platform.core.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A large database with thousands of tables and with all that PostgreSQL lets an owner make: what {@code pg_dump} says of it is
 * the same after a backup and a restore, but for the order of rows, and the heap hardly grows meanwhile.
 */
final class StrangePhase implements Phase {

    private static final String TABLE = "Backup and restore in place of a strange database";

    private static final Figure MEGABYTES = figure("MB of the database");
    private static final Figure TABLES = figure("tables");
    private static final Figure SAME = figure("MB of pg_dump, the same before and after");
    private static final Figure BACKUP_HEAP = figure("backup, heap growth MB").atMost(64);
    private static final Figure RESTORE_HEAP = figure("restore, heap growth MB").atMost(64);

    private static final String INSTANCE = "bench@bench.example";
    private static final int TABLES_A_MEGABYTE = 5;
    private static final double MEGA = 1e6;

    private static Figure figure(String column) {
        return new Figure("backup-strange", TABLE, column);
    }

    @Override
    public String name() {
        return "backup-strange";
    }

    @Override
    public List<Figure> figures() {
        return List.of(MEGABYTES, TABLES, SAME, BACKUP_HEAP, RESTORE_HEAP);
    }

    @Override
    public void measure(Trial trial) {
        if (!(trial.server() instanceof PlatformServer platform)) {
            throw new BenchException("Only the platform makes backups.");
        }
        ShellCaller shell = platform.shell();
        String database = platform.database(INSTANCE);
        PostgresTools tools = new PostgresTools(platform.data());
        tools.run(database, "strange.sql");
        double bytes = tools.fill(database, trial.megabytes(), trial.megabytes() * TABLES_A_MEGABYTE);
        trial.record(MEGABYTES, bytes / MEGA);
        trial.record(
                TABLES,
                Double.parseDouble(tools.query(database, "SELECT count(*) FROM pg_class WHERE relkind IN ('r', 'p')")));

        Path folder = platform.data().getParent();
        Path before = tools.plain(database, folder.resolve("before.sql"));
        Path backups = folder.resolve("backups");
        trial.record(
                BACKUP_HEAP, heapGrowth(trial, () -> shell.call("backup:run", INSTANCE, "--to", backups.toString())));
        trial.record(
                RESTORE_HEAP,
                heapGrowth(trial, () -> shell.call("backup:restore", INSTANCE, "--from", backups.toString())));
        Path after = tools.plain(platform.database(INSTANCE), folder.resolve("after.sql"));
        trial.record(SAME, mustBeSame(before, after) / MEGA);
    }

    private static double heapGrowth(Trial trial, Runnable work) {
        return trial.probe().heapGrowth(work) / MEGA;
    }

    /** Returns how many bytes they have. */
    private static double mustBeSame(Path before, Path after) {
        try {
            List<String> former = DumpText.read(before);
            List<String> now = DumpText.read(after);
            for (int i = 0; i < Math.max(former.size(), now.size()); i++) {
                if (!line(former, i).equals(line(now, i))) {
                    throw new BenchException("After the restore pg_dump writes something else: '" + line(now, i)
                            + "' where it was '" + line(former, i) + "', after '" + line(former, i - 1) + "'.");
                }
            }
            return Files.size(before);
        } catch (IOException e) {
            throw new BenchException("The dumps cannot be compared: " + e.getMessage(), e);
        }
    }

    private static String line(List<String> lines, int number) {
        return number >= 0 && number < lines.size() ? lines.get(number) : "nothing";
    }
}
