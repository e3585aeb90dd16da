package platform.core.api;

import java.time.Instant;

/**
 * Somebody has seen an alarm and deals with it. It ends when the alarm gets worse.
 *
 * @param at since when
 * @param by who, as the operating system or the login names him
 */
public record Acknowledgement(Instant at, String by) {}
