package platform.core.bench;

import java.net.URI;
import java.util.List;
import platform.core.bench.load.Answer;

/** How many sockets a second can be opened: when they are kept, and when each is dropped as soon as it is open. */
final class UpgradePhase implements Phase {

    private static final int AT_A_TIME = 16;

    private static final String KEPT = "Upgrades, each kept open";
    private static final Figure KEPT_RATE = new Figure("upgrade", KEPT, "upgrades/s");
    private static final Figure KEPT_CPU = new Figure("upgrade", KEPT, "server CPU µs/upgrade");
    private static final String DROPPED = "Upgrades, " + AT_A_TIME + " at a time, each dropped at once";
    private static final Figure RATE = new Figure("upgrade", DROPPED, "upgrades/s");
    private static final Figure CPU = new Figure("upgrade", DROPPED, "server CPU µs/upgrade");

    @Override
    public String name() {
        return "upgrade";
    }

    @Override
    public List<Figure> figures() {
        return List.of(KEPT_RATE, KEPT_CPU, RATE, CPU);
    }

    @Override
    public void measure(Trial trial) {
        URI uri = trial.server().echo(false);
        trial.load().churn(uri, AT_A_TIME, trial.requestsWarmUpSeconds());
        measureKept(trial, uri);
        double before = trial.probe().cpuMicroseconds();
        Answer answer = trial.load().churn(uri, AT_A_TIME, trial.seconds());
        trial.record(RATE, answer.number("upgraded") / answer.number("seconds"));
        trial.record(CPU, (trial.probe().cpuMicroseconds() - before) / answer.number("upgraded"));
    }

    /** Opens as many as are wanted, again and again, until opening has taken long enough; dropping them does not count. */
    private static void measureKept(Trial trial, URI uri) {
        double opened = 0;
        double seconds = 0;
        double cpu = 0;
        while (seconds < trial.seconds()) {
            trial.probe().settle();
            double before = trial.probe().cpuMicroseconds();
            Answer answer = trial.load().open(trial.sockets(), uri, false);
            cpu += trial.probe().cpuMicroseconds() - before;
            opened += answer.number("opened");
            seconds += answer.number("seconds");
            trial.load().drop();
        }
        trial.record(KEPT_RATE, opened / seconds);
        trial.record(KEPT_CPU, cpu / opened);
        trial.probe().settle();
    }
}
