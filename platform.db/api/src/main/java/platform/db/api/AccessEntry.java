package platform.db.api;

import java.time.Instant;
import java.util.Optional;

/**
 * Leave to log in to a database from other machines, over TLS only.
 *
 * @param database the database
 * @param role the role to log in as; it has the rights of the database's own role
 * @param cidr from where, such as {@code 192.0.2.0/24}
 * @param since when it was given
 * @param expires when it ends; absent when it does not
 */
public record AccessEntry(String database, String role, String cidr, Instant since, Optional<Instant> expires) {}
