package platform.core.manager;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.List;
import platform.db.api.DiskStatus;
import platform.webserver.api.RequestStatistics;

/**
 * What the platform as a whole uses, its instances included.
 *
 * @param collectors the garbage collectors
 * @param requests those that were for no instance
 */
record PlatformUse(
        ProcessUse process,
        ProcessUse postgresql,
        NetworkUse network,
        DiskStatus disk,
        MemoryUsage heap,
        MemoryUsage nonHeap,
        List<Collector> collectors,
        int threads,
        int classes,
        double load,
        double uptimeSeconds,
        RequestStatistics requests) {

    /** What a garbage collector has done since the start. */
    record Collector(String name, long collections, double seconds) {

        static Collector now(GarbageCollectorMXBean it) {
            return new Collector(it.getName(), it.getCollectionCount(), it.getCollectionTime() / 1e3);
        }
    }

    double gcSeconds() {
        return collectors.stream().mapToDouble(Collector::seconds).sum();
    }

    static PlatformUse now(DiskStatus disk, RequestStatistics requests) {
        return new PlatformUse(
                ProcessUse.own(),
                ProcessUse.postgresql(),
                NetworkUse.now(),
                disk,
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage(),
                ManagementFactory.getMemoryMXBean().getNonHeapMemoryUsage(),
                ManagementFactory.getGarbageCollectorMXBeans().stream()
                        .map(Collector::now)
                        .toList(),
                ManagementFactory.getThreadMXBean().getThreadCount(),
                ManagementFactory.getClassLoadingMXBean().getLoadedClassCount(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                ManagementFactory.getRuntimeMXBean().getUptime() / 1e3,
                requests);
    }
}
