package platform.webserver.jetty;

import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes each request into the log of the service that it was for, or of the platform. A request only leaves an entry; some
 * milliseconds after the first one all are written together, by another thread. When the disk cannot keep up, entries are
 * dropped and counted: neither memory nor requests wait for it.
 */
final class AccessLog extends AbstractLifeCycle implements RequestLog {

    static final int MOST_WAITING = 20_000;

    private static final Logger LOG = LoggerFactory.getLogger(AccessLog.class);
    /** Short enough that few entries are alive when the collector comes, which would have to copy them. */
    private static final long COLLECT_MILLIS = 20;

    /** So much is written at a time: it stays in the processor's cache. */
    private static final int LINES_CHARS = 32 * 1024;

    private static final int LONGEST_LINE = 4 * 1024;
    private static final String PLATFORM = "platform";

    private final Supplier<AccessLogSettings> settings;
    private final Function<String, Mount> mounts;
    private final Refusals refusals;
    private final Scheduler scheduler;
    private final Executor executor;
    private final AtomicReference<Waiting> newest = new AtomicReference<>();
    private final Map<Path, RolledFile> files = new HashMap<>();
    private volatile boolean held;
    private boolean failing;

    /** An entry, whose it is, and the one that came before; they are so many together. */
    private record Waiting(String service, AccessEntry entry, Waiting before, int count) {

        Waiting(String service, AccessEntry entry, Waiting before) {
            this(service, entry, before, count(before) + 1);
        }

        static int count(Waiting newest) {
            return newest == null ? 0 : newest.count;
        }

        /** From the oldest to this one. */
        Waiting[] inOrder() {
            Waiting[] all = new Waiting[count];
            for (Waiting each = this; each != null; each = each.before) {
                all[each.count - 1] = each;
            }
            return all;
        }
    }

    /** @param mounts finds whose a decoded path is; null when it is nobody's */
    AccessLog(
            Supplier<AccessLogSettings> settings,
            Function<String, Mount> mounts,
            Refusals refusals,
            Scheduler scheduler,
            Executor executor) {
        this.settings = settings;
        this.mounts = mounts;
        this.refusals = refusals;
        this.scheduler = scheduler;
        this.executor = executor;
    }

    @Override
    public void log(Request request, Response response) {
        AccessLogSettings now = settings.get();
        if (takes(now)) {
            String path = request.getHttpURI().getDecodedPath();
            add(service(path), AccessEntry.of(request, response, now.query()));
        }
    }

    /** A WebSocket was opened without a request of Jetty's. */
    void opened(SocketAddress client, String path, SocketRequest request) {
        AccessLogSettings now = settings.get();
        InetAddress address = Forwarding.address(client);
        if (takes(now)) {
            String shown = address == null ? "-" : address.getHostAddress();
            add(service(path), AccessEntry.of(shown, path, request, HttpStatus.SWITCHING_PROTOCOLS_101, now.query()));
        }
    }

    /** While it is held the files do not grow: what comes is dropped and counted. */
    void hold(boolean hold) {
        held = hold;
    }

    private boolean takes(AccessLogSettings now) {
        boolean dropped = now.on() && (held || Waiting.count(newest.get()) >= MOST_WAITING);
        if (dropped) {
            refusals.count(Refusals.Reason.LOG);
        }
        return now.on() && !dropped;
    }

    private void add(String service, AccessEntry entry) {
        Waiting before = newest.get();
        while (!newest.compareAndSet(before, new Waiting(service, entry, before))) {
            before = newest.get();
        }
        if (before == null) {
            scheduler.schedule(() -> executor.execute(this::write), COLLECT_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private String service(String path) {
        Mount mount = path == null ? null : mounts.apply(path);
        return mount == null ? PLATFORM : mount.app();
    }

    /** While one thread writes, one more at most waits to do so: the first entry after the last write has sent it. */
    private synchronized void write() {
        Waiting all = newest.getAndSet(null);
        if (all == null) {
            return;
        }
        Map<String, StringBuilder> lines = new LinkedHashMap<>();
        for (Waiting each : all.inOrder()) {
            StringBuilder its =
                    lines.computeIfAbsent(each.service(), none -> new StringBuilder(LINES_CHARS + LONGEST_LINE));
            each.entry().write(its);
            if (its.length() >= LINES_CHARS) {
                append(each.service(), its);
                its.setLength(0);
            }
        }
        lines.forEach(this::append);
    }

    private void append(String service, StringBuilder lines) {
        AccessLogSettings now = settings.get();
        Path path = now.folder().resolve(service).resolve("access.log");
        RolledFile file = files.computeIfAbsent(path, RolledFile::new);
        try {
            file.append(lines.toString(), now.fileBytes(), now.files());
            failing = false;
        } catch (IOException e) {
            lines.chars().filter(c -> c == '\n').forEach(line -> refusals.count(Refusals.Reason.LOG));
            complain(path, e);
        }
    }

    private void complain(Path path, IOException cause) {
        if (!failing) {
            failing = true;
            LOG.warn(
                    "Access log {} cannot be written ({}): look at the disk and the folder's permissions",
                    path,
                    cause.toString());
        }
        try {
            files.remove(path).close();
        } catch (IOException e) {
            LOG.debug("Access log {} cannot be closed", path, e);
        }
    }

    /** Requests have ended: what waits is written. */
    @Override
    protected synchronized void doStop() throws IOException {
        write();
        for (RolledFile file : files.values()) {
            file.close();
        }
        files.clear();
    }
}
