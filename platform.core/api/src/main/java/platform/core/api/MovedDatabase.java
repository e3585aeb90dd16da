package platform.core.api;

import java.time.Duration;
import java.time.Instant;

/**
 * What has become of an instance whose database was moved.
 *
 * @param id the instance
 * @param from the server that its database was on
 * @param to the one that it is on now
 * @param rows how many rows it has
 * @param paused how long the instance was stopped for it
 * @param keptUntil until when the former database is kept there
 */
public record MovedDatabase(InstanceId id, String from, String to, long rows, Duration paused, Instant keptUntil) {}
