package platform.core.manager;

import java.net.URL;
import java.util.List;
import platform.core.api.AppService;

/** What an instance is started with: the service, and the migrations of its database. */
record RunningService(AppService service, List<URL> migrations) {}
