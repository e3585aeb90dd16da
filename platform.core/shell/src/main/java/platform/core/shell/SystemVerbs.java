package platform.core.shell;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import platform.core.api.Role;

/** Other names for what can be done with the platform as a whole. */
final class SystemVerbs {

    private final PlatformVerbs platform;

    SystemVerbs(PlatformVerbs platform) {
        this.platform = platform;
    }

    @Needs(Role.ADMINISTRATOR)
    @Command(
            name = "system:shutdown",
            description = "The same as platform:shutdown: stop the platform, in order, the database last.",
            footer = "%nExample: system:shutdown")
    void shutdown(@Mixin Output output) {
        platform.shutdown(output);
    }
}
