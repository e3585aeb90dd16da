package platform.core.dist;

import java.util.HashMap;
import java.util.Map;
import org.osgi.framework.Constants;

/** The framework's properties, which every bundle can read: where the platform lives, and how Felix's own parts behave. */
final class FrameworkSettings {

    /** What everything needs: {@link BootBundles} goes on from there. */
    static final int FIRST_LEVEL = 1;

    /** Apps have a level of their own, above the platform's: they start last and stop first. */
    static final int LAST_LEVEL = 7;

    private static final String APP_LEVEL = String.valueOf(LAST_LEVEL);

    private static final String POLL_MILLISECONDS = "1000";

    private FrameworkSettings() {}

    static Map<String, String> of(Distribution distribution, DataFolder data, Options options) {
        Map<String, String> settings = new HashMap<>();
        platform(settings, distribution, data, options);
        framework(settings, data);
        fileInstall(settings, data);
        // The web console answers to the platform's users only, never to one of its own.
        settings.put("felix.webconsole.security.providers", "platform.console");
        settings.put("felix.webconsole.realm", "App Platform");
        return settings;
    }

    private static void platform(
            Map<String, String> settings, Distribution distribution, DataFolder data, Options options) {
        settings.put("platform.home", distribution.root().toString());
        settings.put("platform.data", data.root().toString());
        settings.put("platform.version", Distribution.version());
        settings.put("platform.http.port", String.valueOf(options.http()));
        settings.put("platform.https.port", String.valueOf(options.https()));
        settings.put("platform.bind", options.bind());
    }

    private static void framework(Map<String, String> settings, DataFolder data) {
        settings.put(Constants.FRAMEWORK_STORAGE, data.path("cache/framework").toString());
        settings.put(Constants.FRAMEWORK_STORAGE_CLEAN, Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT);
        settings.put(Constants.FRAMEWORK_BEGINNING_STARTLEVEL, String.valueOf(FIRST_LEVEL));
        settings.put(Constants.FRAMEWORK_BOOTDELEGATION, "sun.misc");
        settings.put("felix.startlevel.bundle", APP_LEVEL);
        // What goes wrong arrives as framework events, which name the bundle; Felix's own lines would repeat it.
        settings.put("felix.log.level", "0");
        settings.put("felix.cm.dir", data.path("cache/config").toString());
    }

    private static void fileInstall(Map<String, String> settings, DataFolder data) {
        settings.put("felix.fileinstall.dir", data.path("etc") + "," + data.path("apps"));
        settings.put("felix.fileinstall.poll", POLL_MILLISECONDS);
        settings.put("felix.fileinstall.noInitialDelay", "true");
        settings.put("felix.fileinstall.tmpdir", data.path("cache/fileinstall").toString());
        settings.put("felix.fileinstall.start.level", APP_LEVEL);
        settings.put("felix.fileinstall.enableConfigSave", "false");
        // An app that comes or goes must not refresh its neighbours.
        settings.put("felix.fileinstall.optionalImportRefreshScope", "none");
        settings.put("felix.fileinstall.fragmentRefreshScope", "none");
        settings.put("felix.fileinstall.subdir.mode", "skip");
        settings.put("felix.fileinstall.log.level", "2");
        settings.put("felix.fileinstall.log.default", "jul");
    }
}
