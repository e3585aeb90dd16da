package platform.core.api;

import java.util.Optional;

/**
 * Where a service runs.
 *
 * @param limits of its process, also while it runs without one
 * @param process the number of the process; empty while there is none
 */
public record ServicePlace(Isolation isolation, ProcessLimits limits, Optional<Long> process) {}
