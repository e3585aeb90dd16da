package platform.backup.archive;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import platform.backup.api.BackupException;

/**
 * The first step of the restore of a whole platform: says what will be done and what it needs. Like the other steps it is called
 * by the launcher, which shares no class with us: with a request, see {@link RestoreOrigin}, and with what takes lines for people.
 */
@Component(service = BiConsumer.class, property = "platform.restore=plan")
public final class RestorePreview implements BiConsumer<Map<String, String>, Consumer<String>> {

    private final String version;

    @Activate
    public RestorePreview(BundleContext context) {
        this.version = context.getProperty("platform.version");
    }

    @Override
    public void accept(Map<String, String> request, Consumer<String> lines) {
        RestoreOrigin origin = new RestoreOrigin(request);
        Told.as("Nothing can be restored from " + origin, () -> {
            PlatformPlan plan = PlatformPlan.of(origin);
            long free = PlatformPlan.bytesFree(Path.of(request.get("data")));
            lines.accept("The newest backups on " + origin + ":");
            plan.lines(free).forEach(lines);
            List<String> obstacles = plan.obstacles(version, free);
            if (!obstacles.isEmpty()) {
                throw new BackupException(String.join(" ", obstacles));
            }
            return plan;
        });
    }
}
