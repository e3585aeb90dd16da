package platform.tracing.api;

/**
 * What an instance, or a service without one, has logged in this hour of the clock.
 *
 * @param bytes that were written
 * @param dropped lines that were not, because the limit was reached
 */
public record LogUse(long bytes, long dropped) {}
