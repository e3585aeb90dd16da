package platform.core.api;

import java.util.Optional;

/**
 * Where a service runs.
 *
 * @param limits of its process, also while it runs without one
 * @param process the number of the process; empty while there is none
 * @param use what the process uses; empty while there is none
 * @param caveat why the kernel does not hold it to the limits of memory and processor time; empty when it does, or has none
 */
public record ServicePlace(
        Isolation isolation,
        ProcessLimits limits,
        Optional<Long> process,
        Optional<ServiceUse> use,
        Optional<String> caveat) {}
