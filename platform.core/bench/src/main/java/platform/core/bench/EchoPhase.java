package platform.core.bench;

import java.util.ArrayList;
import java.util.List;
import platform.core.bench.load.Answer;

/** How fast messages come back, and what each costs the server: on each socket one message at a time is under way. */
final class EchoPhase implements Phase {

    private static final List<Load> LOADS =
            List.of(new Load(100, 64), new Load(100, 1024), new Load(1000, 64), new Load(1000, 1024));

    /** Sockets and bytes, and the figures that are taken with them. */
    private record Load(
            int sockets, int bytes, Figure throughput, Figure median, Figure slow, Figure cpu, Figure client) {

        Load(int sockets, int bytes) {
            this(
                    sockets,
                    bytes,
                    figure(sockets, bytes, "messages/s"),
                    figure(sockets, bytes, "p50 µs"),
                    figure(sockets, bytes, "p99 µs"),
                    figure(sockets, bytes, "server CPU µs/message"),
                    figure(sockets, bytes, "client's processor busy %"));
        }

        private static Figure figure(int sockets, int bytes, String column) {
            return new Figure("echo", "Echo of " + bytes + " B on " + sockets + " sockets", column);
        }

        List<Figure> figures() {
            return List.of(throughput, median, slow, cpu, client);
        }

        void measure(Trial trial) {
            ProcFiles client = new ProcFiles(trial.load().pid());
            double serverBefore = trial.probe().cpuMicroseconds();
            double clientBefore = client.cpuMicroseconds();
            Answer answer = trial.load().measure(sockets, bytes, trial.seconds());
            double server = trial.probe().cpuMicroseconds() - serverBefore;
            double messages = answer.number("messages");
            double seconds = answer.number("seconds");
            trial.record(throughput, messages / seconds);
            trial.record(median, answer.number("p50_us"));
            trial.record(slow, answer.number("p99_us"));
            trial.record(cpu, server / messages);
            trial.record(this.client, (client.cpuMicroseconds() - clientBefore) / seconds / 1e4);
        }
    }

    @Override
    public String name() {
        return "echo";
    }

    @Override
    public List<Figure> figures() {
        List<Figure> figures = new ArrayList<>();
        LOADS.forEach(load -> figures.addAll(load.figures()));
        return figures;
    }

    @Override
    public void measure(Trial trial) {
        int open = 0;
        for (Load load : LOADS) {
            if (open < load.sockets()) {
                trial.load().open(load.sockets() - open, trial.server().echo(false), false);
                open = load.sockets();
                trial.load().measure(open, load.bytes(), trial.warmUpSeconds());
            }
            load.measure(trial);
        }
    }
}
