package platform.core.bench;

import java.io.PrintStream;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Goes through all that is to be measured: each phase on each JVM, round by round, in each round one server after the
 * other, so that what else the machine does meets all of them. What fails is noted, and the rest goes on.
 */
final class SocketBench {

    private final Options options;
    private final List<Jvm> jvms;
    private final Servers servers;
    private final Workspace workspace;
    private final PrintStream progress;
    private final Results results = new Results();
    private int run;

    SocketBench(Options options, List<Jvm> jvms, Servers servers, Workspace workspace, PrintStream progress) {
        this.options = options;
        this.jvms = jvms;
        this.servers = servers;
        this.workspace = workspace;
        this.progress = progress;
    }

    Report measure() {
        for (Jvm jvm : jvms) {
            for (Phase phase : options.phases()) {
                for (int round = 1; round <= options.rounds(); round++) {
                    for (ServerKind kind : options.servers()) {
                        measure(jvm, phase, round, kind);
                    }
                }
            }
        }
        return new Report(
                options.benchmark(),
                Machine.here(),
                jvms,
                options.servers(),
                options.phases(),
                options.sockets(),
                options.instances(),
                options.megabytes(),
                options.seconds(),
                options.rounds(),
                results);
    }

    private void measure(Jvm jvm, Phase phase, int round, ServerKind kind) {
        int runs = jvms.size()
                * options.phases().size()
                * options.rounds()
                * options.servers().size();
        String what = jvm.name() + ", " + phase.name() + ", round " + round + ", " + kind.label();
        progress.println("[" + ++run + "/" + runs + "] " + what);
        BiConsumer<Figure, Double> figures = (figure, value) -> {
            progress.println("  " + figure.place() + ": " + Markdown.number(value) + " " + figure.column());
            results.add(new Results.Cell(jvm.name(), kind, figure), value);
        };
        try (Server server = servers.start(kind, jvm, phase);
                LoadProcess load = new LoadProcess(workspace.folder())) {
            Probe probe = new Probe(jvm, server.pid());
            phase.measure(new Trial(
                    server,
                    probe,
                    load,
                    options.sockets(),
                    options.instances(),
                    options.megabytes(),
                    options.kills(),
                    options.seed(),
                    options.writes(),
                    options.seconds(),
                    figures));
        } catch (BenchException e) {
            if (AtExit.isEnding()) {
                throw e;
            }
            progress.println("  failed: " + e.getMessage());
            results.fail(what + ": " + e.getMessage());
        }
    }
}
