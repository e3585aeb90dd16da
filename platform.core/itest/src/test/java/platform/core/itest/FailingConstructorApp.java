package platform.core.itest;

import org.osgi.service.component.annotations.Component;
import platform.core.api.AppContext;
import platform.core.api.AppInstance;
import platform.core.api.AppService;

/** An app whose component cannot be made. */
@Component
public final class FailingConstructorApp implements AppService {

    public FailingConstructorApp() {
        throw new IllegalStateException("the valve is stuck");
    }

    @Override
    public AppInstance start(AppContext context) {
        return new AppInstance() {};
    }
}
