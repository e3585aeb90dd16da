package app.files;

import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.core.api.AppContext;
import platform.core.api.AppInstance;
import platform.core.api.Health;

/** One file store: wires its parts and puts its servlets on the instance's path. */
final class FilesInstance implements AppInstance {

    private static final Logger LOG = LoggerFactory.getLogger(FilesInstance.class);

    private final Quota quota;

    FilesInstance(AppContext context) throws SQLException {
        long limit = ByteSize.parse(context.settings().getOrDefault("quota", "0"));
        Store store = new Store(context.dataSource());
        quota = new Quota(limit, store.run(tx -> tx.tree.size()));
        Uploads uploads = new Uploads(store);
        Readers readers = new Readers();
        Sweeper sweeper = new Sweeper(context.id(), store, uploads, readers, quota, context.executor());
        DavSpace space = new DavSpace(context.webPath());
        Site site = new Site(context.id(), space, store, uploads, readers, quota, sweeper, context.clock());
        Gate gate = new Gate(context.id().toString(), context.password(), context.clock());
        context.web().servlet("/dav/*", new DavServlet(site, gate, context.webPath() + "/"));
        context.web().servlet("/", new PageServlet(gate, context.webPath()));
        context.executor().execute(sweeper::sweep);
        LOG.info("{}: Serves {} bytes of files, quota {}", context.id(), quota.used(), limit == 0 ? "none" : limit);
    }

    @Override
    public Health health() {
        return quota.isLimited() && quota.available() == 0
                ? Health.degraded("The quota is exhausted: uploads are refused.")
                : Health.up();
    }
}
