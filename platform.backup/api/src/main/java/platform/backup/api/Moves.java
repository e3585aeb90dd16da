package platform.backup.api;

import java.time.Duration;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Moves instances between platforms. Which of the two has an instance is decided by the receiving one, when it has all of it; the
 * sending one asks until it knows. So exactly one of them runs it, wherever it is cut off. Any thread may call it.
 */
@ProviderType
public interface Moves {

    /**
     * Lets one instance come.
     *
     * @param as what it shall be called here; empty for its own name, path, host and password
     * @param valid how long the ticket can be used
     */
    MoveTicket accept(Optional<String> as, Duration valid);

    /**
     * What a move would do. Changes nothing, and does not use the ticket up.
     *
     * @throws BackupException when the other platform does not answer, or not to this ticket
     */
    MovePlan plan(MoveRequest request);

    /**
     * Moves an instance. It goes on while it is copied, and is stopped for the last changes. Blocks until it runs there; an interrupt
     * cancels it. What fails leaves it running here.
     *
     * @throws BackupException when it fails; the message says where the instance is
     */
    MoveResult move(MoveRequest request, BackupProgress progress);

    /**
     * Takes an instance back that was moved, or of which it is not known whether it was. It is started if it should run.
     *
     * @param sure that it does not run elsewhere: nobody is asked then
     * @throws BackupException when it has arrived, or nobody knows; the message says what to do
     */
    void takeBack(String instance, boolean sure);
}
