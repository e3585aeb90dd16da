package platform.core.child;

import java.nio.file.Path;

/** The folder of a process. Only it and the platform may enter. */
public record ChildFolder(Path root) {

    /** Where its webserver listens. */
    public Path requests() {
        return root.resolve("http");
    }

    /** Where it listens for WebSockets. */
    public Path sockets() {
        return root.resolve("ws");
    }

    /** Where its framework keeps bundles. */
    public Path cache() {
        return root.resolve("cache");
    }

    /** The copy of the app's jar that it runs: beside the folder, where it cannot change it. */
    public Path bundle() {
        return root.resolveSibling(root.getFileName() + ".jar");
    }
}
