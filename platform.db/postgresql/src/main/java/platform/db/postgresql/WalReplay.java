package platform.db.postgresql;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.db.api.Recovery;
import platform.db.api.WalSegment;
import platform.db.api.WalSource;

/**
 * Feeds a standby with segments, some ahead of the one that it replays, until it has come to its time and made itself a server
 * of its own. Which one it is at says the title of its process ({@code update_process_title}): there is nobody to ask before.
 */
final class WalReplay {

    private static final Logger LOG = LoggerFactory.getLogger(WalReplay.class);
    private static final int AHEAD = 8;
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final Pattern TITLE = Pattern.compile("startup +(?:recovering|waiting for) ([0-9A-F]{24})");

    private final PostgresCluster cluster;
    private final Path log;

    WalReplay(PostgresCluster cluster) {
        this.cluster = cluster;
        this.log = cluster.folders().cluster().resolve("pg_wal");
    }

    /**
     * Replays up to the time that the configuration names. The server has stopped when this returns.
     *
     * @return whether it has come to that time; else all was replayed, and nothing of it was committed later
     */
    boolean reachesTime(Recovery.Request request, WalSource wal, Consumer<WalSegment> progress)
            throws IOException, InterruptedException {
        WalSegment next = request.first();
        WalSegment at = request.first();
        Postmaster standby = Postmaster.launch(cluster, PostgresServer.freePort());
        try {
            while (!standby.becomesReady(PAUSE)) {
                at = at(standby).orElse(at);
                boolean isFed = next.compareTo(request.last()) > 0;
                if (isFed && at.compareTo(request.last()) > 0) {
                    return false;
                }
                if (!isFed && isWithin(at, next)) {
                    feed(next, wal);
                    progress.accept(next);
                    next = next.next();
                }
            }
            return true;
        } finally {
            standby.stop();
        }
    }

    /** Ends the recovery after the last segment; the configuration names no time. The server has stopped when this returns. */
    void endAfter(WalSegment last) throws IOException, InterruptedException {
        boolean promoted = false;
        Postmaster standby = Postmaster.launch(cluster, PostgresServer.freePort());
        try {
            while (!standby.becomesReady(PAUSE)) {
                if (!promoted
                        && at(standby).filter(at -> at.compareTo(last) > 0).isPresent()) {
                    cluster.promote();
                    promoted = true;
                }
            }
        } finally {
            standby.stop();
        }
    }

    /** Whether it is not too far ahead. */
    private static boolean isWithin(WalSegment at, WalSegment next) {
        WalSegment step = at;
        for (int i = 0; i < AHEAD; i++) {
            step = step.next();
        }
        return next.compareTo(step) <= 0;
    }

    private void feed(WalSegment segment, WalSource wal) throws IOException {
        Path part = cluster.folders().home().resolve("segment");
        try (InputStream content = wal.open(segment)) {
            Files.copy(content, part, StandardCopyOption.REPLACE_EXISTING);
        }
        cluster.user().own(part);
        Files.move(part, log.resolve(segment.name()), StandardCopyOption.ATOMIC_MOVE);
    }

    private static Optional<WalSegment> at(Postmaster standby) {
        try (Stream<ProcessHandle> children = standby.children()) {
            return children.flatMap(child -> title(child).stream()).findFirst();
        }
    }

    private static Optional<WalSegment> title(ProcessHandle process) {
        try {
            Matcher title = TITLE.matcher(Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline")));
            return title.find() ? Optional.of(new WalSegment(title.group(1))) : Optional.empty();
        } catch (IOException e) {
            LOG.trace("Process {} has gone", process.pid(), e);
            return Optional.empty();
        }
    }
}
