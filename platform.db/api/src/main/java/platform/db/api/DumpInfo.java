package platform.db.api;

import java.time.Instant;
import java.util.Optional;

/**
 * What is known of a dump before it is written.
 *
 * @param database which database
 * @param role the role that owns it
 * @param server the server's version
 * @param bytes what the database takes on disk
 * @param snapshot the moment
 * @param schemaVersion the version of the last migration; absent when there was none
 */
public record DumpInfo(
        String database, String role, String server, long bytes, Instant snapshot, Optional<String> schemaVersion) {}
