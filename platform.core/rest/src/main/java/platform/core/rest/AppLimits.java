package platform.core.rest;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import platform.core.api.ProcessLimits;

/** How much the process of an app may take; what is absent in a change stays as it is. */
@Schema(description = "How much the process of an app may take; what is absent in a change stays as it is.")
record AppLimits(
        @Schema(description = "Of its JVM's heap.", examples = "256")
        Integer heapMegabytes,

        @Schema(description = "That it may have open, sockets counted.", examples = "4096")
        Integer files,

        @Schema(description = "Of the whole process; 0 for no limit but those of its JVM.", examples = "512")
        Integer memoryMegabytes,

        @Schema(description = "Of one processor, so 150 is one and a half; 0 for no limit.", examples = "50")
        Integer cpuPercent) {

    static AppLimits of(ProcessLimits limits) {
        return new AppLimits(limits.heapMegabytes(), limits.files(), limits.memoryMegabytes(), limits.cpuPercent());
    }

    ProcessLimits changing(ProcessLimits now) {
        return new ProcessLimits(
                heapMegabytes == null ? now.heapMegabytes() : heapMegabytes,
                files == null ? now.files() : files,
                memoryMegabytes == null ? now.memoryMegabytes() : memoryMegabytes,
                cpuPercent == null ? now.cpuPercent() : cpuPercent);
    }
}
