package platform.db.postgresql;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.condition.Condition;
import platform.db.api.DiskLevel;

/** The level of the disk for those who do not know this bundle: a condition for each level that is reached. */
final class DiskConditions implements AutoCloseable {

    private final BundleContext context;
    private final Map<DiskLevel, ServiceRegistration<Condition>> shown = new EnumMap<>(DiskLevel.class);

    DiskConditions(BundleContext context) {
        this.context = context;
    }

    synchronized void show(DiskLevel reached) {
        for (DiskLevel level : DiskLevel.values()) {
            boolean holds = level != DiskLevel.OK && reached.reaches(level);
            if (holds && !shown.containsKey(level)) {
                shown.put(level, register(level));
            } else if (!holds && shown.containsKey(level)) {
                shown.remove(level).unregister();
            }
        }
    }

    private ServiceRegistration<Condition> register(DiskLevel level) {
        String id = "platform.disk." + level.name().toLowerCase(Locale.ROOT).replace('_', '-');
        return context.registerService(
                Condition.class, Condition.INSTANCE, FrameworkUtil.asDictionary(Map.of(Condition.CONDITION_ID, id)));
    }

    @Override
    public void close() {
        show(DiskLevel.OK);
    }
}
