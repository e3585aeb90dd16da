package platform.core.manager;

import java.net.URL;
import java.util.List;
import platform.core.api.AppService;

/** What an instance is started with: the service, the migrations of its database, and what has the log follow its trace flags. */
record RunningService(AppService service, List<URL> migrations, ServiceTraces traces) {}
