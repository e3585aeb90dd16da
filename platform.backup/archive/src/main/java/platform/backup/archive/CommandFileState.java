package platform.backup.archive;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.Properties;

/** What a platform remembers of its command file over restarts. Any thread may call it. */
final class CommandFileState {

    private static final String INDEX = "index.";

    private final Path file;
    private final Properties values;

    CommandFileState(Path file) {
        this.file = file;
        this.values = StateFile.load(file).orElseGet(Properties::new);
    }

    /** The serial that was handled last; empty when there was none. */
    synchronized String serial() {
        return values.getProperty("serial", "");
    }

    synchronized void handled(String serial) {
        put("serial", serial);
    }

    /** The number that comes next for this address, among so many. */
    synchronized int index(String address, int count) {
        return parsed(address) % count;
    }

    synchronized void advance(String address) {
        put(INDEX + address, String.valueOf((parsed(address) + 1) % 1_000_000_000));
    }

    private int parsed(String address) {
        String text = values.getProperty(INDEX + address, "0");
        return text.matches("\\d{1,9}") ? Integer.parseInt(text) : 0;
    }

    /** Whether no command file has been run to its end yet. */
    synchronized boolean isFresh() {
        return values.getProperty("done") == null;
    }

    synchronized Optional<Instant> last() {
        try {
            return Optional.ofNullable(values.getProperty("last")).map(Instant::parse);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    synchronized String problem() {
        return values.getProperty("problem", "");
    }

    synchronized void ran(Instant at, String problem) {
        values.setProperty("last", at.toString());
        if (problem.isEmpty()) {
            values.setProperty("done", at.toString());
        }
        put("problem", problem);
    }

    private void put(String key, String value) {
        values.setProperty(key, value);
        SettingFiles.write(file, StateFile.text(values));
    }
}
