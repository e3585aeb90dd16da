package platform.core.bench;

import java.util.List;
import platform.core.bench.load.Answer;

/** What it costs to send one message to all sockets, and when the last one has it. */
final class BroadcastPhase implements Phase {

    private static final int SOCKETS = 10_000;
    private static final int BYTES = 100;
    private static final int WARM_UPS = 5;

    /** The kernel counts time on a processor in ticks of 10 ms, too coarse for one broadcast. */
    private static final int BROADCASTS = 10;

    private static final String TABLE = "Broadcast of " + BYTES + " B to 10,000 sockets, or all if fewer";
    private static final Figure CPU = new Figure("broadcast", TABLE, "server CPU ms");
    private static final Figure LAST = new Figure("broadcast", TABLE, "ms to the last");

    @Override
    public String name() {
        return "broadcast";
    }

    @Override
    public List<Figure> figures() {
        return List.of(CPU, LAST);
    }

    @Override
    public void measure(Trial trial) {
        trial.load().open(Math.min(SOCKETS, trial.sockets()), trial.server().broadcast(), false);
        trial.load().broadcast(BYTES, WARM_UPS);
        double before = trial.probe().cpuMicroseconds();
        Answer answer = trial.load().broadcast(BYTES, BROADCASTS);
        trial.record(CPU, (trial.probe().cpuMicroseconds() - before) / BROADCASTS / 1e3);
        trial.record(LAST, answer.number("last_us") / 1e3);
    }
}
