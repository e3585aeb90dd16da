package app.files;

import java.sql.SQLException;
import org.osgi.service.component.annotations.Component;
import platform.core.api.AppContext;
import platform.core.api.AppInstance;
import platform.core.api.AppService;
import platform.core.api.PlatformApp;

/**
 * A file store in the instance's database, with WebDAV at {@code <path>/dav/} and a page at {@code <path>/}. Its setting
 * {@code quota} is the most that the files may take, such as {@code 10GB}; without it, or with 0, there is no limit.
 */
@PlatformApp(name = "files", title = "Files")
@Component
public final class FilesApp implements AppService {

    @Override
    public AppInstance start(AppContext context) throws SQLException {
        return new FilesInstance(context);
    }
}
