package platform.backup.archive;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.backup.api.BackupException;
import platform.backup.api.BackupProgress;
import platform.backup.api.MovePlan;
import platform.backup.api.MoveRequest;
import platform.backup.api.MoveResult;
import platform.backup.archive.BackupMaker.Made;
import platform.backup.archive.MoveMessage.Commit;
import platform.backup.archive.MoveMessage.Offer;
import platform.backup.archive.MoveMessage.Phase;
import platform.backup.archive.MoveMessage.State;
import platform.core.api.CarriedInstance;
import platform.core.api.Departure;
import platform.core.api.InstanceId;
import platform.core.api.InstanceTransfer;
import platform.core.api.PlatformException;
import platform.db.api.Changes;
import platform.db.api.ChangesSince;
import platform.db.api.Databases;
import platform.db.api.Dump;

/**
 * The sending side of a move. The instance goes on while it is copied, and while the changes since are sent; when these have become few
 * it is stopped for the last of them. Before it is asked for, nothing can make the other platform keep the instance; afterwards only that
 * platform knows.
 */
final class Mover {

    static final Duration KEPT = Duration.ofDays(1);

    private static final Logger LOG = LoggerFactory.getLogger(Mover.class);
    private static final int ROUNDS = 5;
    private static final long SHORT_ROUND = TimeUnit.SECONDS.toNanos(2);

    private final InstanceTransfer instances;
    private final BackupMaker maker;
    private final Databases databases;
    private final Changes changes;
    private final MoveBook book;
    private final Retry retry;
    private final Clock clock;

    Mover(
            InstanceTransfer instances,
            BackupMaker maker,
            Databases databases,
            Changes changes,
            MoveBook book,
            Retry retry,
            Clock clock) {
        this.instances = instances;
        this.maker = maker;
        this.databases = databases;
        this.changes = changes;
        this.book = book;
        this.retry = retry;
        this.clock = clock;
    }

    MovePlan plan(MoveRequest request) {
        return told(request, () -> {
            CarriedInstance carried = here(request);
            try (MoveClient client = new MoveClient(request, Retry.never())) {
                Offer offer = offer(carried, "", true);
                State state = client.step("offer", offer);
                return new MovePlan(
                        request.instance(),
                        state.as(),
                        offer.bytes(),
                        changes.obstacle(carried.info().database()).orElse(""),
                        state.obstacles());
            }
        });
    }

    /** Whether the instance has moved, the message itself says. */
    private static <T> T told(MoveRequest request, Told.Work<T> work) {
        String what = "Moving " + request.instance() + " to " + request.platform();
        try {
            return Told.as(what, work);
        } catch (BackupException e) {
            throw e.getMessage().startsWith(what) ? e : new BackupException(what + ": " + e.getMessage(), e);
        }
    }

    private CarriedInstance here(MoveRequest request) {
        InstanceId id = InstanceId.parse(request.instance());
        if (instances.departures().containsKey(id)) {
            throw PlatformException.conflict(
                    instances.departures().get(id).reason() + " instance:move " + id + " --abort takes it back");
        }
        return instances.carried(id);
    }

    private Offer offer(CarriedInstance carried, String key, boolean isTrial) {
        return new Offer(
                carried.info().id().toString(),
                carried.info().app(),
                carried.appVersion(),
                databases.size(carried.info().database()),
                key,
                isTrial);
    }

    MoveResult move(MoveRequest request, BackupProgress progress) {
        return told(request, () -> {
            CarriedInstance carried = here(request);
            try (MoveClient client = new MoveClient(request, retry);
                    Run run = new Run(request, carried, client, progress)) {
                return run.move();
            }
        });
    }

    /** One move. */
    private final class Run implements AutoCloseable {

        private final MoveRequest request;
        private final InstanceId id;
        private final String database;
        private final CarriedInstance carried;
        private final MoveClient client;
        private final BackupProgress progress;
        private final Age.Identity key = Age.generate();
        private final long begin = System.nanoTime();
        /** Null before the copy is made. */
        private ChangesSince since;

        private int rounds;
        private final Map<String, Duration> phases = new LinkedHashMap<>();

        Run(MoveRequest request, CarriedInstance carried, MoveClient client, BackupProgress progress) {
            this.request = request;
            this.id = carried.info().id();
            this.database = carried.info().database();
            this.carried = carried;
            this.client = client;
            this.progress = progress;
        }

        MoveResult move() throws IOException {
            State welcome = client.step("offer", offer(carried, key.secret(), false));
            if (!welcome.obstacles().isEmpty()) {
                throw new BackupException(String.join(" ", welcome.obstacles()));
            }
            Map<String, Long> rows = sendOrGiveUp();
            State state = phase("arrive", () -> commit(rows));
            URI address = client.address(state.path());
            Instant until = phase("redirect", () -> arrive(id, address));
            MoveResult result = new MoveResult(
                    id.toString(),
                    state.as(),
                    address,
                    rows.values().stream().mapToLong(Long::longValue).sum(),
                    Duration.ofNanos(System.nanoTime() - begin),
                    phases,
                    state.message(),
                    until);
            LOG.info(
                    "{} was moved to {}; it served nobody for {} ms: {}",
                    id,
                    address,
                    result.paused().toMillis(),
                    phases);
            return result;
        }

        private Map<String, Long> sendOrGiveUp() throws IOException {
            try {
                book.add(request);
                return send();
            } catch (IOException | RuntimeException e) {
                // What takes it back must not be interrupted.
                boolean cancelled = Thread.interrupted();
                giveUp(e);
                if (cancelled) {
                    throw new BackupException("It was cancelled, and goes on here", e);
                }
                throw e;
            }
        }

        private Map<String, Long> send() throws IOException {
            if (changes.obstacle(database).isPresent()) {
                stop();
                return phase("copy", () -> copy(dump -> {}));
            }
            copy(dump -> since = changes.since(dump));
            follow();
            stop();
            return phase("changes", this::round);
        }

        /** What is written while changes are sent is sent next, until there is so little that nobody need wait for long. */
        private void follow() throws IOException {
            long begun;
            do {
                begun = System.nanoTime();
                round();
            } while (System.nanoTime() - begun > SHORT_ROUND && rounds < ROUNDS);
        }

        private Map<String, Long> copy(Consumer<Dump> begun) throws IOException {
            Made copy = maker.run(
                    id.toString(),
                    new MoveTarget(client),
                    header -> id.toString(),
                    () -> List.of(key.recipient()),
                    begun,
                    (step, done, total) -> progress.at("copy", done, total));
            progress.at("restore", 0, 0);
            client.await(state -> state.phase() == Phase.FOLLOWING);
            return copy.manifest().rows();
        }

        private Map<String, Long> round() throws IOException {
            MoveUpload upload = new MoveUpload(client);
            Map<String, Long> rows = since.writeTo(new Meter(progress, "changes", 0).count(upload));
            upload.complete();
            rounds++;
            client.await(state -> state.applied() == rounds);
            return rows;
        }

        private void stop() throws IOException {
            phase("stop", () -> {
                instances.depart(id, Departure.UNDECIDED);
                return null;
            });
        }

        /** What the instance waits for, and how long. */
        private <T> T phase(String name, Told.Work<T> work) throws IOException {
            progress.at(name, 0, 0);
            long begun = System.nanoTime();
            T result = work.run();
            phases.put(name, Duration.ofNanos(System.nanoTime() - begun));
            return result;
        }

        /** The other platform cannot keep it any more, and it goes on here. */
        private void giveUp(Exception failure) {
            try {
                client.step("abort");
            } catch (IOException e) {
                failure.addSuppressed(e);
            }
            if (instances.departures().containsKey(id)) {
                instances.stay(id);
            }
            book.remove(id.toString());
        }

        /** Who cancels from now on comes too late: what is not known then is asked later. */
        private State commit(Map<String, Long> rows) {
            State state;
            try {
                client.step("commit", new Commit(rows));
                state = client.await(it -> it.phase() == Phase.ARRIVED || it.phase() == Phase.FAILED);
            } catch (IOException e) {
                throw new BackupException(
                        "Whether " + id + " has arrived on " + request.platform() + " is not known: " + e.getMessage()
                                + ". That is asked every half minute, and " + id + " is stopped until it is known.",
                        e);
            }
            if (state.phase() == Phase.FAILED) {
                BackupException failure = new BackupException(state.message());
                giveUp(failure);
                throw failure;
            }
            return state;
        }

        /** Ends the transaction that sees what was. */
        @Override
        public void close() {
            if (since != null) {
                since.close();
            }
        }
    }

    private Instant arrive(InstanceId id, URI address) {
        Instant until = clock.instant().truncatedTo(ChronoUnit.SECONDS).plus(KEPT);
        instances.depart(id, new Departure(Optional.of(address), Optional.of(until)));
        book.remove(id.toString());
        return until;
    }

    /** A move that this process does not run, or not any more: finds out what became of it, if that can be. */
    void settle(MoveRequest request) {
        InstanceId id = InstanceId.parse(request.instance());
        Departure departure = instances.departures().get(id);
        if (departure != null && departure.address().isPresent()) {
            book.remove(request.instance());
            return;
        }
        try (MoveClient client = new MoveClient(request, Retry.never())) {
            if (departure == null) {
                // It was cut off before it could arrive.
                client.ask("abort");
                stay(id, request);
            } else {
                client.ask("state").ifPresent(state -> settle(id, request, client, state));
            }
        } catch (IOException e) {
            LOG.warn("What became of the move of {} is not known yet: {}", id, e.getMessage());
        }
    }

    private void settle(InstanceId id, MoveRequest request, MoveClient client, State state) {
        switch (state.phase()) {
            case ARRIVED -> arrive(id, client.address(state.path()));
            case FAILED -> stay(id, request);
            // While the other platform has not given it up, it is not decided.
            default -> client.ask("abort");
        }
    }

    private void stay(InstanceId id, MoveRequest request) {
        if (instances.departures().containsKey(id)) {
            instances.stay(id);
        }
        book.remove(request.instance());
        LOG.warn("The move of {} was cut off, and it goes on here", id);
    }
}
