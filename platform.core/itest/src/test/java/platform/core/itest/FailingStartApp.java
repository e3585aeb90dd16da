package platform.core.itest;

import java.io.IOException;
import org.osgi.service.component.annotations.Component;
import platform.core.api.AppContext;
import platform.core.api.AppInstance;
import platform.core.api.AppService;

/** An app whose instances do not start. */
@Component
public final class FailingStartApp implements AppService {

    @Override
    public AppInstance start(AppContext context) throws IOException {
        throw new IOException("the flux is low");
    }
}
