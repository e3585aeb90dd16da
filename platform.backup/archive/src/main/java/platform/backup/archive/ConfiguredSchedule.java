package platform.backup.archive;

import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.backup.api.BackupException;

/** Hands one schedule over from its file to the book. */
@Component(
        service = {},
        immediate = true,
        configurationPid = ConfiguredSchedule.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = ScheduleConfig.class, factory = true)
public final class ConfiguredSchedule {

    static final String PID = "platform.backup.Schedule";

    private static final Logger LOG = LoggerFactory.getLogger(ConfiguredSchedule.class);

    private final ScheduleBook book;
    private final String name;

    @Activate
    public ConfiguredSchedule(@Reference ScheduleBook book, ScheduleConfig config, Map<String, Object> properties) {
        this.book = book;
        this.name = name(String.valueOf(properties.get("service.pid")));
        modified(config);
    }

    /** What follows the tilde: {@code platform.backup.Schedule~nightly}. */
    static String name(String pid) {
        return pid.substring(pid.lastIndexOf('~') + 1);
    }

    /** File Install takes what follows the first hyphen for the name, and makes the tilde of it. */
    static String fileOf(String name) {
        return PID + "-" + name + ".cfg";
    }

    @Modified
    void modified(ScheduleConfig config) {
        try {
            book.put(ScheduleText.read(name, config));
        } catch (BackupException e) {
            LOG.error("The schedule {} in etc/{} is unusable: {}", name, fileOf(name), e.getMessage());
            book.putUnusable(name, e.getMessage());
        }
    }

    @Deactivate
    void close() {
        book.remove(name);
    }
}
