package platform.core.manager;

import java.time.Duration;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How services and instances are supervised.
 *
 * @param restart when what has failed is tried again
 * @param startLimit how long a start may take
 * @param stopLimit how long closing, or taking new settings over, may take
 * @param healthPeriod how often instances are asked how they are
 * @param healthLimit how long the answer may take
 * @param startGrace how long after its start an instance need not be well yet
 * @param healthFailures how many bad answers in a row make it be restarted; 0 for never
 * @param stuckLimit how long a task of an executor may run
 * @param leakLimit how long the classes of a version that is gone may stay in memory
 */
record SupervisionSettings(
        RestartPolicy restart,
        Duration startLimit,
        Duration stopLimit,
        Duration healthPeriod,
        Duration healthLimit,
        Duration startGrace,
        int healthFailures,
        Duration stuckLimit,
        Duration leakLimit) {

    private static final Logger LOG = LoggerFactory.getLogger(SupervisionSettings.class);

    /** The same as those in {@link SupervisionConfig}. */
    static final SupervisionSettings DEFAULT = new SupervisionSettings(
            new RestartPolicy(
                    Duration.ofSeconds(1), Duration.ofMinutes(5), Duration.ofMinutes(10), 5, Duration.ofMinutes(10)),
            Duration.ofSeconds(60),
            Duration.ofSeconds(4),
            Duration.ofSeconds(10),
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            3,
            Duration.ofSeconds(60),
            Duration.ofHours(1));

    /** Those of the configuration; one that makes no sense is named in the log, and is as it was built in. */
    static SupervisionSettings of(SupervisionConfig config) {
        RestartPolicy restart = DEFAULT.restart;
        return new SupervisionSettings(
                new RestartPolicy(
                        time("restart.pause", config::restart_pause, restart.firstPause()),
                        time("restart.longest.pause", config::restart_longest_pause, restart.longestPause()),
                        time("restart.healthy", config::restart_healthy, restart.healthy()),
                        number("quarantine.failures", config::quarantine_failures, 0, restart.crashLoop()),
                        time("quarantine.period", config::quarantine_period, restart.crashLoopPeriod())),
                time("start.limit", config::start_limit, DEFAULT.startLimit),
                time("stop.limit", config::stop_limit, DEFAULT.stopLimit),
                time("health.period", config::health_period, DEFAULT.healthPeriod),
                time("health.limit", config::health_limit, DEFAULT.healthLimit),
                time("health.grace", config::health_grace, DEFAULT.startGrace),
                number("health.failures", config::health_failures, 0, DEFAULT.healthFailures),
                time("stuck.limit", config::stuck_limit, DEFAULT.stuckLimit),
                time("leak.limit", config::leak_limit, DEFAULT.leakLimit));
    }

    private static Duration time(String key, IntSupplier seconds, Duration builtIn) {
        return Duration.ofSeconds(number(key, seconds, 1, (int) builtIn.toSeconds()));
    }

    /** What is no number at all is thrown by the supplier. */
    private static int number(String key, IntSupplier given, int least, int builtIn) {
        String problem;
        try {
            int value = given.getAsInt();
            if (value >= least) {
                return value;
            }
            problem = value + " is less than " + least;
        } catch (RuntimeException e) {
            problem = e.getMessage();
        }
        LOG.error(
                "The setting {} in etc/platform.core.manager.supervision.cfg makes no sense, so its default {} holds: {}",
                key,
                builtIn,
                problem);
        return builtIn;
    }
}
