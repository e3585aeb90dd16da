package platform.core.bench;

import java.util.List;

/**
 * What a run has to say.
 *
 * @param rounds how often each figure was to be measured
 */
record Report(
        Benchmark benchmark,
        Machine machine,
        List<Jvm> jvms,
        List<ServerKind> servers,
        List<Phase> phases,
        int sockets,
        int instances,
        int megabytes,
        double seconds,
        int rounds,
        Results results) {}
