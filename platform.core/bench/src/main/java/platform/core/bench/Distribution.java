package platform.core.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The platform's distribution, as the build has made it.
 *
 * @param home its folder
 * @param benchApp the jar of this module, which is an app as well
 */
record Distribution(Path home, Path benchApp) {

    Distribution {
        if (!Files.exists(home.resolve("lib/platform.core.dist.jar")) || !Files.isRegularFile(benchApp)) {
            throw new BenchException("The platform is not built: run ./platform bench, which builds it first, or leave"
                    + " it out with --server.");
        }
    }

    Path helloApp() {
        return home.resolve("samples/app.hello.jar");
    }

    Path eventsApp() {
        return home.resolve("samples/app.events.jar");
    }

    /** What the build has put beside this module's jar. */
    Path s3Server() {
        return benchApp.resolveSibling("s3-server").resolve("s3proxy.jar");
    }

    /**
     * The command that runs the platform on ports of this machine only; 0 is any free one.
     *
     * @param flags of the JVM, besides its own
     */
    List<String> command(Jvm jvm, List<String> flags, Path data, int http, int https) {
        List<String> command = new ArrayList<>(List.of(jvm.tool("java")));
        command.addAll(jvm.flags());
        command.addAll(flags);
        command.addAll(
                List.of("-jar", home.resolve("lib/platform.core.dist.jar").toString(), "--data", data.toString()));
        command.addAll(List.of("--http", String.valueOf(http), "--https", String.valueOf(https)));
        command.addAll(List.of("--bind", "127.0.0.1"));
        return command;
    }

    /** The command that makes an AOT cache, as a running platform does for its next start, in a folder for that alone. */
    List<String> training(Jvm jvm, List<String> flags, Path data, Path cache) {
        List<String> command = command(jvm, flags, data, 0, 0);
        command.add(1, "-XX:AOTCacheOutput=" + cache);
        command.add("--training");
        return command;
    }

    /** Runs a command of the platform's shell that prints JSON. */
    String shell(Path data, String... words) {
        List<String> command =
                new ArrayList<>(List.of(home.resolve("bin/platform").toString(), "shell", "--data", data.toString()));
        command.addAll(List.of(words));
        command.addAll(List.of("-o", "json"));
        return Tool.run(command);
    }
}
