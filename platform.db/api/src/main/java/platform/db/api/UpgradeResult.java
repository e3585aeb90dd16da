package platform.db.api;

import java.time.Duration;
import java.time.LocalDate;

/**
 * An upgrade that has been done.
 *
 * @param from the version that was
 * @param to the version that runs now
 * @param databases how many databases were copied
 * @param keptUntil the last day on which the former data folder is there
 * @param took how long it took
 */
public record UpgradeResult(String from, String to, int databases, LocalDate keptUntil, Duration took) {}
