package platform.backup.archive;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import platform.backup.api.BackupProgress;

/** Tells of the progress of something long in a line now and then. */
final class ProgressLines implements BackupProgress {

    private static final long PAUSE = TimeUnit.SECONDS.toNanos(5);

    private final String what;
    private final Consumer<String> lines;
    private long told = System.nanoTime();

    ProgressLines(String what, Consumer<String> lines) {
        this.what = what;
        this.lines = lines;
    }

    @Override
    public void at(String step, long done, long total) {
        if (total > 0 && System.nanoTime() - told >= PAUSE) {
            told = System.nanoTime();
            lines.accept("  " + what + ": " + 100 * done / total + " %");
        }
    }
}
