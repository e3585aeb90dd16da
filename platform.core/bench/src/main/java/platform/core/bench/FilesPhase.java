package platform.core.bench;

import java.util.List;
import platform.core.bench.load.Answer;

/** What a request for a small file costs the server, over connections that stay. */
final class FilesPhase implements Phase {

    private static final int CONNECTIONS = 16;
    private static final String TABLE = "A file of 1 KiB, over " + CONNECTIONS + " connections, HTTP/1.1";
    private static final Figure RATE = new Figure("files", TABLE, "requests/s");
    private static final Figure CPU = new Figure("files", TABLE, "server CPU µs/request");
    private static final Figure CLIENT = new Figure("files", TABLE, "client's processor busy %");

    @Override
    public String name() {
        return "files";
    }

    @Override
    public List<Figure> figures() {
        return List.of(RATE, CPU, CLIENT);
    }

    @Override
    public void measure(Trial trial) {
        trial.load().get(trial.server().file(), CONNECTIONS, trial.requestsWarmUpSeconds());
        ProcFiles client = new ProcFiles(trial.load().pid());
        double serverBefore = trial.probe().cpuMicroseconds();
        double clientBefore = client.cpuMicroseconds();
        Answer answer = trial.load().get(trial.server().file(), CONNECTIONS, trial.seconds());
        double server = trial.probe().cpuMicroseconds() - serverBefore;
        trial.record(RATE, answer.number("requests") / answer.number("seconds"));
        trial.record(CPU, server / answer.number("requests"));
        trial.record(CLIENT, (client.cpuMicroseconds() - clientBefore) / answer.number("seconds") / 1e4);
    }
}
