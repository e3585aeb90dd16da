package platform.backup.api;

import java.time.Duration;

/**
 * A step of the test of a target.
 *
 * @param name what was done: {@code connect}, {@code write}, {@code list}, {@code read} or {@code delete}
 * @param passed whether it went well
 * @param message why not, and what to do; empty when it went well
 * @param took how long it took
 */
public record TargetStep(String name, boolean passed, String message, Duration took) {}
