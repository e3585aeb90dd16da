package platform.backup.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.backup.api.BackupException;
import platform.backup.api.BackupProgress;
import platform.backup.api.MoveDoor;
import platform.backup.api.MovePlan;
import platform.backup.api.MoveRequest;
import platform.backup.api.MoveResult;
import platform.backup.api.MoveTicket;
import platform.backup.api.Moves;
import platform.core.api.Departure;
import platform.core.api.InstanceId;
import platform.core.api.InstanceTransfer;
import platform.core.api.Instances;
import platform.core.api.Platform;
import platform.core.api.PlatformException;
import platform.db.api.Changes;
import platform.db.api.Databases;

/** Moves to other platforms and from them; finds out what became of those that were cut off. */
@Component(immediate = true)
public final class MovesComponent implements Moves, MoveDoor {

    private static final Logger LOG = LoggerFactory.getLogger(MovesComponent.class);
    private static final int LOOK_SECONDS = 30;

    private final Tickets tickets;
    private final Arrivals arrivals;
    private final MoveBook book;
    private final Mover mover;
    private final Instances instances;
    private final InstanceTransfer transfer;
    private final Clock clock;
    private final Map<String, Thread> running = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool(MovesComponent::thread);
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(MovesComponent::thread);

    @Activate
    public MovesComponent(
            @Reference Platform platform,
            @Reference ArchiveBackups backups,
            @Reference Instances instances,
            @Reference InstanceTransfer transfer,
            @Reference Databases databases,
            @Reference Changes changes) {
        this(platform.data(), backups, instances, transfer, databases, changes, Retry.usual(), Clock.systemUTC());
        timer.scheduleWithFixedDelay(this::look, 1, LOOK_SECONDS, TimeUnit.SECONDS);
    }

    MovesComponent(
            Path data,
            ArchiveBackups backups,
            Instances instances,
            InstanceTransfer transfer,
            Databases databases,
            Changes changes,
            Retry retry,
            Clock clock) {
        Path secrets = data.resolve("secrets");
        this.tickets = new Tickets(secrets.resolve("move-tickets.json"), clock);
        this.arrivals = new Arrivals(tickets, backups, instances, changes, threads);
        this.book = new MoveBook(secrets.resolve("moves.json"));
        this.mover = new Mover(transfer, backups.maker(), databases, changes, book, retry, clock);
        this.instances = instances;
        this.transfer = transfer;
        this.clock = clock;
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "backup-move");
        thread.setDaemon(true);
        return thread;
    }

    /** Looks after what was cut off, and removes what was kept long enough. */
    void look() {
        try {
            book.all().stream()
                    .filter(it -> !running.containsKey(it.instance()))
                    .forEach(mover::settle);
            transfer.departures().forEach(this::deleteIfOver);
        } catch (RuntimeException e) {
            LOG.warn("The instances that were moved cannot be looked after now: {}", e.getMessage());
        }
    }

    private void deleteIfOver(InstanceId id, Departure departure) {
        Instant now = clock.instant();
        if (departure.until().filter(until -> !until.isAfter(now)).isPresent()) {
            LOG.info("{} was moved a day ago; what was kept of it is removed", id);
            instances.delete(id);
        }
    }

    @Deactivate
    void close() {
        timer.shutdownNow();
        threads.shutdownNow();
    }

    @Override
    public MoveTicket accept(Optional<String> as, Duration valid) {
        as.map(InstanceId::parse).flatMap(instances::find).ifPresent(there -> {
            throw PlatformException.conflict("There is already an instance " + there.id() + ". Choose another name.");
        });
        return tickets.issue(as, valid);
    }

    @Override
    public MovePlan plan(MoveRequest request) {
        return mover.plan(request);
    }

    @Override
    public MoveResult move(MoveRequest request, BackupProgress progress) {
        if (running.putIfAbsent(request.instance(), Thread.currentThread()) != null) {
            throw new BackupException(request.instance() + " is being moved already. instance:move "
                    + request.instance() + " --abort gives that up");
        }
        try {
            return mover.move(request, progress);
        } finally {
            running.remove(request.instance());
        }
    }

    @Override
    public void takeBack(String instance, boolean sure) {
        Thread mine = running.get(instance);
        if (mine != null) {
            mine.interrupt();
            return;
        }
        InstanceId id = InstanceId.parse(instance);
        if (!sure) {
            book.find(instance).ifPresent(mover::settle);
        }
        Departure departure = transfer.departures().get(id);
        if (departure != null && !sure) {
            throw new BackupException(
                    departure.reason() + " Two of it must not run: delete it there, if it is there, and then"
                            + " say --abort --yes here. What was written there is not here");
        }
        if (departure != null) {
            transfer.stay(id);
            book.remove(instance);
        }
    }

    @Override
    public Answer step(String ticket, String step, InputStream body) throws IOException {
        return arrivals.step(ticket, step, body);
    }
}
