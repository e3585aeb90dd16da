package platform.db.api;

import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What databases may use. A role can lift time-outs that are only its defaults, so what it may not lift is kept up from outside,
 * by whoever calls {@link #check} again and again. Calls block until the server has answered; any thread may make them.
 */
@ProviderType
public interface Quotas {

    /**
     * Puts quotas into force, until others are. The pools of open databases follow at once; sessions that have begun
     * keep the time-outs with which they did. Does as good as nothing for those that are in force already. Databases that do
     * not exist are passed over.
     *
     * @param quotas by the name of the database
     * @throws DatabaseException when the server refuses
     */
    void apply(Map<String, Quota> quotas);

    /** Asks the server what a database uses. */
    QuotaUse use(String database);

    /**
     * Ends the statements and transactions that take too long, measures the databases that have a quota for their size and have
     * changed since the last time, and closes those that are larger than their hard one: whatever would make them
     * larger is refused with the SQLSTATE {@code 53100}. A closed database from which has been deleted is made smaller, table by
     * table, and opened again when it is below. What fails for one database is logged, and keeps no other from its turn.
     *
     * @return the databases that have a quota for their size, as they were measured last; without those that could not be
     *     measured, as their server is away
     */
    List<QuotaState> check();
}
