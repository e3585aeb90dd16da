package platform.db.api;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Who may log in to a database from other machines: nobody, but for the entries here. Each database has one login for
 * them, made with its first entry and removed with its last, so that the instance's own password is never told.
 */
@ProviderType
public interface HostAccess {

    /**
     * Lets an address or a network in, at once. An entry that is there gets the new end.
     *
     * @param cidr an address with or without a length; bits beyond the length must be zero
     * @param lasts for how long; empty is until it is denied
     * @throws DatabaseException when there is no such database, the network is none, the server does not listen beyond the
     *     machine itself, or it refuses the entry, which then is gone again
     */
    GrantedAccess allow(String database, String cidr, Optional<Duration> lasts);

    /**
     * Takes entries back and ends the connections that they had let in.
     *
     * @param cidr which; empty is all of the database
     * @return those that are gone; empty when there was none
     */
    List<AccessEntry> deny(String database, Optional<String> cidr);

    /** The entries that hold now, by database and network. */
    List<AccessEntry> list();
}
