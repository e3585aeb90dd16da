package platform.core.instance;

/**
 * What an instance's executor does.
 *
 * @param waiting tasks that wait
 * @param tasks tasks that have run
 * @param busySeconds how long it took to run them
 * @param cpuSeconds what they have had of a processor; 0 where {@link Workers#hasCpuTime()} is not so
 */
public record ExecutorUse(int waiting, long tasks, double busySeconds, double cpuSeconds) {}
