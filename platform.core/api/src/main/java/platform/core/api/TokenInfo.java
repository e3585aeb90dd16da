package platform.core.api;

import java.time.Instant;

/** What is known of an API token; not the token itself. */
public record TokenInfo(String name, String user, Role role, AccessScope scope, Instant created, Instant expires) {}
