package platform.core.bench;

import java.util.function.BiConsumer;

/**
 * One server, one load client, and where the figures go.
 *
 * @param sockets how many to open where it matters
 * @param instances how many to create where it matters
 * @param megabytes how large a database to fill where it matters
 * @param kills how often to kill where that is done
 * @param seed of what is random there
 * @param writes how many rows to write in a second meanwhile where that is done
 * @param seconds how long to measure what takes time
 * @param figures takes each figure once
 */
record Trial(
        Server server,
        Probe probe,
        LoadProcess load,
        int sockets,
        int instances,
        int megabytes,
        int kills,
        long seed,
        int writes,
        double seconds,
        BiConsumer<Figure, Double> figures) {

    /** The compiler needs about five seconds for what matters, also where they are more than what is measured. */
    private static final double COMPILED_SECONDS = 5;

    /** A whole request goes through far more code than a message of a socket: the compiler needs longer for it. */
    private static final double REQUESTS_COMPILED_SECONDS = 20;

    /** How long to make load before it is measured. */
    double warmUpSeconds() {
        return warmUpSeconds(COMPILED_SECONDS);
    }

    /** How long to make load before requests are measured. */
    double requestsWarmUpSeconds() {
        return warmUpSeconds(REQUESTS_COMPILED_SECONDS);
    }

    private double warmUpSeconds(double compiled) {
        return Math.max(seconds, Math.min(compiled, compiled * seconds));
    }

    /** The same, with the figures going somewhere else. */
    Trial recording(BiConsumer<Figure, Double> elsewhere) {
        return new Trial(server, probe, load, sockets, instances, megabytes, kills, seed, writes, seconds, elsewhere);
    }

    void record(Figure figure, double value) {
        figures.accept(figure, value);
    }
}
