package platform.core.api;

/**
 * What is measured every ten seconds and kept for 30 days. The first ones, up to {@link #DATABASE_CONNECTIONS}, are known of each
 * instance and, taken together, of the platform; the others of the platform alone. New ones of the platform come last.
 */
public enum MetricSeries {
    REQUESTS("1/s", "requests that were answered"),
    ERRORS("1/s", "requests that were answered 5xx"),
    LATENCY_P95("s", "the time within which 95 of 100 requests were answered"),
    LATENCY_P99("s", "the time within which 99 of 100 requests were answered"),
    IN_FLIGHT("", "requests that are being answered"),
    SOCKETS("", "open WebSockets"),
    MESSAGES("1/s", "WebSocket messages, in and out"),
    CPU("cores", "processors in use; of an instance known only before Java 21"),
    BUSY("cores", "how much of the time tasks of the instances' executors run"),
    QUEUE("", "tasks that wait for the instances' executors"),
    DATABASE_SIZE("bytes", "what the databases take on disk"),
    DATABASE_CONNECTIONS("", "connections to the databases"),
    MEMORY("bytes", "memory of the platform's process (resident set)"),
    HEAP("bytes", "used heap"),
    GC("cores", "how much of the time the garbage collector runs"),
    THREADS("", "threads of the platform, without virtual ones"),
    DISK("bytes", "used space on the disk of the data folder"),
    NETWORK_IN("bytes/s", "received by the machine, without loopback"),
    NETWORK_OUT("bytes/s", "sent by the machine, without loopback"),
    POSTGRESQL_CPU("cores", "processors that the platform's PostgreSQL uses"),
    POSTGRESQL_MEMORY("bytes", "memory of the platform's PostgreSQL");

    private final String unit;
    private final String help;

    MetricSeries(String unit, String help) {
        this.unit = unit;
        this.help = help;
    }

    /** Whether it is known of each instance; else only of the platform. */
    public boolean isOfInstances() {
        return compareTo(DATABASE_CONNECTIONS) <= 0;
    }

    /** Whether the most of several moments tells more of them than their mean. */
    public boolean isPeak() {
        return this == LATENCY_P95 || this == LATENCY_P99 || this == IN_FLIGHT || this == QUEUE;
    }

    /** In what it is measured; empty for a plain number. */
    public String unit() {
        return unit;
    }

    /** What it is, in a few words. */
    public String help() {
        return help;
    }
}
