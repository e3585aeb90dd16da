package platform.db.api;

import java.util.Optional;

/**
 * An extension that the server has for a database.
 *
 * @param name its name
 * @param installed the version that the database has; absent when it has none
 * @param available the version that would be installed
 * @param trusted whether PostgreSQL itself lets the database's own role create it
 * @param allowed whether the platform's settings let the platform create it for the database's role
 * @param comment what it is for, in the server's words
 */
public record ExtensionStatus(
        String name, Optional<String> installed, String available, boolean trusted, boolean allowed, String comment) {}
