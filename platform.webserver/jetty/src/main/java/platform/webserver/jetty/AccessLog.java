package platform.webserver.jetty;

import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
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
 * Writes each request into the log of the service that it was for, or of the platform. A request only leaves an entry; a tenth
 * of a second after the first one all are written together, by another thread. When the disk cannot keep up, entries are
 * dropped and counted: neither memory nor requests wait for it.
 */
final class AccessLog extends AbstractLifeCycle implements RequestLog {

    static final int MOST_WAITING = 20_000;

    private static final Logger LOG = LoggerFactory.getLogger(AccessLog.class);
    private static final long COLLECT_MILLIS = 100;
    private static final int LINES_CHARS = 8 * 1024;
    private static final String PLATFORM = "platform";

    private final Supplier<AccessLogSettings> settings;
    private final Function<String, Mount> mounts;
    private final Refusals refusals;
    private final Scheduler scheduler;
    private final Executor executor;
    private final Queue<Waiting> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final Map<Path, RolledFile> files = new HashMap<>();
    private volatile boolean held;
    private boolean failing;

    /** An entry and whose it is. */
    private record Waiting(String service, AccessEntry entry) {}

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
        boolean dropped = now.on() && (held || waiting.get() >= MOST_WAITING);
        if (dropped) {
            refusals.count(Refusals.Reason.LOG);
        }
        return now.on() && !dropped;
    }

    private void add(String service, AccessEntry entry) {
        queue.add(new Waiting(service, entry));
        if (waiting.getAndIncrement() == 0) {
            scheduler.schedule(() -> executor.execute(this::write), COLLECT_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private String service(String path) {
        Mount mount = path == null ? null : mounts.apply(path);
        return mount == null ? PLATFORM : mount.app();
    }

    /** Until nothing waits any more; a single thread at a time, since only who finds nothing waiting has it called. */
    private void write() {
        int written;
        do {
            written = writeSome();
        } while (waiting.addAndGet(-written) > 0);
    }

    private synchronized int writeSome() {
        Map<String, StringBuilder> lines = new LinkedHashMap<>();
        int count = 0;
        for (Waiting next = queue.poll(); next != null; next = count < MOST_WAITING ? queue.poll() : null) {
            next.entry().write(lines.computeIfAbsent(next.service(), none -> new StringBuilder(LINES_CHARS)));
            count++;
        }
        lines.forEach(this::append);
        return count;
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
        writeSome();
        for (RolledFile file : files.values()) {
            file.close();
        }
        files.clear();
    }
}
