package platform.core.shell;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import platform.core.api.Role;

/** Other names, by which users of Karaf look for what is in {@code platform} and {@code bundle} here. */
final class ShellVerbs {

    private final PlatformVerbs platform;
    private final BundleVerbs bundles;

    ShellVerbs(PlatformVerbs platform, BundleVerbs bundles) {
        this.platform = platform;
        this.bundles = bundles;
    }

    @Needs(Role.VIEWER)
    @Command(
            name = "shell:info",
            description = "The same as platform:info: version, folder, addresses, memory.",
            footer = "%nExample: shell:info")
    void info(@Mixin Output output) {
        platform.info(output);
    }

    @Needs(Role.VIEWER)
    @Command(
            name = "shell:la",
            description = "The same as bundle:list: all of the framework's bundles.",
            footer = "%nExample: la")
    void all(@Mixin Output output) {
        bundles.list(output);
    }
}
