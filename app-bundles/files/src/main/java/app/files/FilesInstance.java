package app.files;

import java.sql.SQLException;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.core.api.AppContext;
import platform.core.api.AppInstance;
import platform.core.api.Health;
import platform.webserver.api.ServletOptions;

/** One file store: wires its parts and puts its servlets on the instance's path. */
final class FilesInstance implements AppInstance {

    private static final Logger LOG = LoggerFactory.getLogger(FilesInstance.class);

    private final Quota quota;
    private final Map<String, String> settings;

    FilesInstance(AppContext context) throws SQLException {
        settings = context.settings();
        long limit = ByteSize.parse(context.settings().getOrDefault("quota", "0"));
        Store store = new Store(context.dataSource());
        quota = new Quota(limit, store.run(tx -> tx.tree.size()));
        Uploads uploads = new Uploads(store);
        Readers readers = new Readers();
        Sweeper sweeper = new Sweeper(context.id(), store, uploads, readers, quota, context.executor());
        DavSpace space = new DavSpace(context.webPath());
        Site site = new Site(context.id(), space, store, uploads, readers, quota, sweeper, context.clock());
        Gate gate = new Gate(context.id().toString(), context::isPassword, context.clock());
        // How large a file may be is the quota's business.
        context.web()
                .servlet(
                        "/dav/*",
                        ServletOptions.DEFAULT.withMaxBody(ServletOptions.UNLIMITED),
                        new DavServlet(site, gate, context.webPath() + "/"));
        context.web().servlet("/", new PageServlet(gate, context.webPath()));
        context.executor().execute(sweeper::sweep);
        LOG.info("{}: Serves {} bytes of files, quota {}", context.id(), quota.used(), limit == 0 ? "none" : limit);
    }

    /** A new password needs nothing: the context of the start knows it, too. */
    @Override
    public boolean reconfigure(AppContext context) {
        return context.settings().equals(settings);
    }

    @Override
    public Health health() {
        return quota.isLimited() && quota.available() == 0
                ? Health.degraded("The quota is exhausted: uploads are refused.")
                : Health.up();
    }
}
