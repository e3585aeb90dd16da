package platform.core.shell;

import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import platform.backup.api.BackupProgress;

/** Tells people every few seconds how far the work is, how fast it goes, and when it will be over. */
final class ProgressText implements BackupProgress {

    private static final long PAUSE = Duration.ofSeconds(3).toNanos();

    private final LongSupplier nanos;
    private final Consumer<String> out;
    private String step = "";
    private long begun;
    private long told;

    ProgressText(LongSupplier nanos, Consumer<String> out) {
        this.nanos = nanos;
        this.out = out;
        this.begun = nanos.getAsLong();
        this.told = begun;
    }

    @Override
    public void at(String newStep, long done, long total) {
        long now = nanos.getAsLong();
        if (!newStep.equals(step)) {
            step = newStep;
            begun = step.isEmpty() ? now : told;
        }
        if (now - told >= PAUSE) {
            told = now;
            out.accept(line(done, total, (now - begun) / 1e9));
        }
    }

    private String line(long done, long total, double seconds) {
        double rate = done / Math.max(seconds, 0.001);
        String text = String.format(Locale.ROOT, "%s: %,.1f MB, %,.1f MB/s", step, done / 1e6, rate / 1e6);
        if (total <= done || done < total / 100) {
            return text;
        }
        long left = Math.round((total - done) / rate);
        return text
                + String.format(Locale.ROOT, ", %d %%, about %d:%02d left", done * 100 / total, left / 60, left % 60);
    }
}
