package platform.backup.api;

import java.net.URI;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Backups by a command file, as the original platform makes them ({@code reference/platform-facts.md}, Command file): a text on
 * a web server, fetched at an interval. The setting is the file {@code etc/platform.backup.CommandFile.cfg}. Any thread may
 * call it.
 */
@ProviderType
public interface CommandFiles {

    /**
     * Fetches a command file and runs it; waits for the end, an interrupt cuts it off.
     *
     * @param dryRun only say what would be done
     * @param ended is told of each step, on any thread
     * @param underWay gives who hears how far the backup of an instance is
     * @throws BackupException when it cannot be fetched, or another run is under way
     */
    CommandFileReport run(
            URI url, boolean dryRun, Consumer<CommandFileStep> ended, Function<String, BackupProgress> underWay);

    /**
     * Fetches that file from now on, for the first time at once.
     *
     * @param interval how often, 1 minute to 365 days
     * @throws BackupException when the address is not HTTP or HTTPS, or the setting cannot be written
     */
    CommandFileStatus set(URI url, Duration interval);

    /** Fetches none any more. */
    void off();

    CommandFileStatus status();
}
