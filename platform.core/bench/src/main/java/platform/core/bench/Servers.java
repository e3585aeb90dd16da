package platform.core.bench;

import java.util.Optional;

/** Starts servers. */
final class Servers {

    private final Workspace workspace;
    private final Optional<Distribution> distribution;

    /** @param distribution needed for the platform only */
    Servers(Workspace workspace, Optional<Distribution> distribution) {
        this.workspace = workspace;
        this.distribution = distribution;
    }

    /** Whether it agrees on compression when a client offers it the phase says; the platform decides for itself. */
    Server start(ServerKind kind, Jvm jvm, Phase phase) {
        if (kind != ServerKind.PLATFORM) {
            return new ComparedServerProcess(kind, jvm, phase.deflate(), workspace);
        }
        return new PlatformServer(
                distribution.orElseThrow(() -> new BenchException("The platform's distribution was not named.")),
                jvm,
                phase.platformFlags(),
                phase.diskMegabytes(),
                workspace);
    }
}
