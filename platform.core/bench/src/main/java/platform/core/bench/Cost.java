package platform.core.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What a piece of work has taken.
 *
 * @param seconds by the clock
 * @param cpu processor time in seconds: of the platform, of its PostgreSQL, and of the tools that either or this program ran
 */
record Cost(double seconds, double cpu) {

    private static final double MICROSECONDS = 1e6;

    static Cost of(PlatformServer platform, Runnable work) {
        double cpu = cpu(platform);
        long begin = System.nanoTime();
        work.run();
        double seconds = (System.nanoTime() - begin) / 1e9;
        return new Cost(seconds, cpu(platform) - cpu);
    }

    /** A process that ends meanwhile hands its time on to the one that started it. */
    private static double cpu(PlatformServer platform) {
        double micros = new ProcFiles(ProcessHandle.current().pid()).endedChildrenCpuMicrosecondsOrNone();
        List<ProcFiles> processes = new ArrayList<>(platform.descendants());
        processes.add(new ProcFiles(platform.pid()));
        for (ProcFiles process : processes) {
            micros += process.cpuMicrosecondsOrNone() + process.endedChildrenCpuMicrosecondsOrNone();
        }
        return micros / MICROSECONDS;
    }

    static double median(List<Cost> costs, ToDoubleFunction<Cost> of) {
        return Statistics.median(costs.stream().map(of::applyAsDouble).toList());
    }
}
