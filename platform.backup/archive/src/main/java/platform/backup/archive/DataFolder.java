package platform.backup.archive;

import java.nio.file.Path;
import org.osgi.framework.BundleContext;

/** The folder that holds everything which the platform keeps. */
final class DataFolder {

    private DataFolder() {}

    static Path of(BundleContext context) {
        String data = context.getProperty("platform.data");
        if (data == null) {
            throw new IllegalStateException("The framework property platform.data does not name the data folder");
        }
        return Path.of(data).toAbsolutePath();
    }
}
