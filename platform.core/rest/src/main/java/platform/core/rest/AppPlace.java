package platform.core.rest;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import platform.core.api.ProcessLimits;
import platform.core.api.ServicePlace;
import platform.core.api.ServiceUse;

/** Where an app runs. */
@Schema(description = "Where an app runs, and what its process uses of what it may.")
record AppPlace(
        @Schema(required = true, description = "bundle: in the platform's process; process: in one of its own.")
        String isolation,

        @Schema(description = "The number of its process; absent while there is none, as are all uses.")
        Long process,

        @Schema(required = true, description = "In bytes.") long heapLimit,
        @Schema(description = "In bytes.") Long memory,

        @Schema(description = "In bytes; absent when there is none.")
        Long memoryLimit,

        @Schema(description = "In percent of one processor, in the last seconds.")
        Double cpu,

        @Schema(description = "In percent of one processor; absent when there is none.")
        Integer cpuLimit,

        @Schema(description = "Open files and sockets.") Integer files,
        @Schema(required = true) int filesLimit,

        @Schema(description = "Why the kernel does not enforce the limits of memory and CPU; absent when it does.")
        String caveat) {

    private static final long MEGABYTE = 1L << 20;

    static AppPlace of(ServicePlace place) {
        ProcessLimits limits = place.limits();
        return new AppPlace(
                place.isolation().word(),
                place.process().orElse(null),
                limits.heapMegabytes() * MEGABYTE,
                place.use().map(ServiceUse::memory).orElse(null),
                limits.memoryMegabytes() == ProcessLimits.NONE ? null : limits.memoryMegabytes() * MEGABYTE,
                place.use().map(ServiceUse::cpuPercent).orElse(null),
                limits.cpuPercent() == ProcessLimits.NONE ? null : limits.cpuPercent(),
                place.use().map(ServiceUse::files).orElse(null),
                limits.files(),
                place.caveat().orElse(null));
    }
}
