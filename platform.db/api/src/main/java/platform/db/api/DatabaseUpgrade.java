package platform.db.api;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Optional;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Upgrades the private server to another major version of PostgreSQL: everything is copied into a new data folder, compared,
 * and then takes the place of the former one, which is kept for a week. Until that moment the former one is not changed; cut
 * off anywhere, the next start goes on with one of the two, whole.
 */
@ProviderType
public interface DatabaseUpgrade {

    /** What those are told meanwhile who want to use what has a database on the server. */
    String PAUSED = "The platform's databases are being upgraded; come back in some minutes.";

    /**
     * Looks, and changes nothing but what it unpacks.
     *
     * @param binaries the version to upgrade to: a jar or txz of zonky's embedded binaries, or a folder with {@code
     *     bin/postgres}; absent is the version that the platform brings
     * @throws DatabaseException when these are no binaries, or are no newer ones
     */
    UpgradePlan plan(Optional<Path> binaries);

    /**
     * Does it. The server is away meanwhile: whoever uses it must have been stopped before. Blocks until the new server
     * accepts connections, at the same port as the former.
     *
     * @param progress hears, on the calling thread, what is being done
     * @throws DatabaseException when there is an obstacle, or when it fails; the former server runs again then
     */
    UpgradeResult upgrade(Optional<Path> binaries, Consumer<String> progress);

    /** The last day on which an upgrade can be taken back; absent when there is none to take back. */
    Optional<LocalDate> keptUntil();

    /**
     * Takes the last upgrade back at the next start of the platform. What was written since then is not in the former
     * data folder; the newer one is kept for a week in its turn.
     *
     * @return the version that will run then
     * @throws DatabaseException when there is no former data folder, or no binaries for it
     */
    String rollBackAtNextStart();
}
