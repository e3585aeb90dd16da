package platform.backup.api;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How it stands with the command file.
 *
 * @param url where it is; without a password. Empty when it is off
 * @param interval how often it is fetched
 * @param next when it is fetched next
 * @param lastRun when it was run for the last time
 * @param problem what was wrong then; empty when nothing was
 */
public record CommandFileStatus(
        Optional<String> url, Duration interval, Optional<Instant> next, Optional<Instant> lastRun, String problem) {}
