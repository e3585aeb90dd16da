package platform.core.api;

/**
 * What the process of a service uses.
 *
 * @param memory bytes of the machine's memory (resident set)
 * @param cpuPercent of one processor, in the last seconds
 * @param files that it has open, sockets counted
 */
public record ServiceUse(long memory, double cpuPercent, int files) {}
