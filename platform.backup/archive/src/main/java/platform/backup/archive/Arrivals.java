package platform.backup.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import platform.backup.api.BackupException;
import platform.backup.api.BackupHeader;
import platform.backup.api.MoveDoor;
import platform.backup.archive.MoveMessage.Commit;
import platform.backup.archive.MoveMessage.Offer;
import platform.backup.archive.MoveMessage.Phase;
import platform.backup.archive.MoveMessage.State;
import platform.backup.archive.Tickets.Ticket;
import platform.core.api.InstanceId;
import platform.core.api.InstanceInfo;
import platform.core.api.Instances;
import platform.core.api.PlatformException;
import platform.db.api.Changes;

/** The receiving side of moves: one instance on each ticket. */
final class Arrivals implements MoveDoor {

    /** The largest piece that is taken. */
    static final int CHUNK = 4 << 20;

    private static final int LARGEST = 32 << 20;

    private final Tickets tickets;
    private final ArchiveBackups backups;
    private final Instances instances;
    private final Changes changes;
    private final Executor threads;
    /** By the hash of the ticket. */
    private final Map<String, Arrival> coming = new ConcurrentHashMap<>();

    Arrivals(Tickets tickets, ArchiveBackups backups, Instances instances, Changes changes, Executor threads) {
        this.tickets = tickets;
        this.backups = backups;
        this.instances = instances;
        this.changes = changes;
        this.threads = threads;
    }

    @Override
    public Answer step(String shown, String step, InputStream body) throws IOException {
        Optional<Ticket> ticket = tickets.find(shown);
        if (ticket.isEmpty()) {
            return new Answer(401, "{}");
        }
        try {
            State state = step(ticket.get(), step, body);
            return new Answer(200, new String(Format.write(state), StandardCharsets.UTF_8));
        } catch (BackupException | PlatformException e) {
            State state = State.failed(ticket.get().instance(), e.getMessage());
            return new Answer(409, new String(Format.write(state), StandardCharsets.UTF_8));
        }
    }

    private State step(Ticket ticket, String step, InputStream body) throws IOException {
        switch (step.replaceFirst("/.*", "")) {
            case "offer" -> {
                return offer(ticket, Format.read(body.readNBytes(LARGEST), Offer.class));
            }
            case "data" -> arrival(ticket).receive(offset(step), body.readNBytes(CHUNK));
            case "end" -> arrival(ticket).end();
            case "commit" ->
                arrival(ticket)
                        .commit(Format.read(body.readNBytes(LARGEST), Commit.class)
                                .rows());
            case "abort" -> Optional.ofNullable(coming.get(ticket.hash())).ifPresent(Arrival::abort);
            case "state" -> {
                // What is asked for.
            }
            default -> throw new BackupException("There is no step " + step + " of a move");
        }
        return state(ticket);
    }

    private static long offset(String step) {
        try {
            return Long.parseLong(step.substring(step.indexOf('/') + 1));
        } catch (NumberFormatException e) {
            throw new BackupException("The piece " + step + " does not say where it belongs", e);
        }
    }

    private Arrival arrival(Ticket ticket) {
        Arrival arrival = coming.get(ticket.hash());
        if (arrival == null) {
            throw new BackupException("The move of " + ticket.instance() + " was cut off: "
                    + state(ticket).message());
        }
        return arrival;
    }

    /** What this process does not remember, it was not before the instance was complete: that the manager knows. */
    private State state(Ticket ticket) {
        Arrival arrival = coming.get(ticket.hash());
        if (arrival != null) {
            return arrival.state();
        }
        if (!ticket.isUsed()) {
            return State.failed("", "Nothing was offered yet");
        }
        return instances
                .find(InstanceId.parse(ticket.instance()))
                .filter(it -> !it.created().isBefore(ticket.used()))
                .map(it -> new State(Phase.ARRIVED, ticket.instance(), it.path(), 0, "", List.of()))
                .orElseGet(() -> State.failed(ticket.instance(), "The platform was restarted meanwhile"));
    }

    private synchronized State offer(Ticket ticket, Offer offer) {
        if (ticket.isUsed()) {
            throw new BackupException("The ticket was used already, for " + ticket.instance()
                    + ". Have another one given: instance:accept-move");
        }
        String as = ticket.as().isEmpty() ? offer.instance() : ticket.as();
        List<String> obstacles = obstacles(offer, InstanceId.parse(as));
        if (offer.isTrial() || !obstacles.isEmpty()) {
            return new State(Phase.FAILED, as, "", 0, "", obstacles);
        }
        Ticket used = tickets.use(ticket, as);
        Arrival arrival = new Arrival(as, changes);
        coming.put(used.hash(), arrival);
        Optional<String> renamed = as.equals(offer.instance()) ? Optional.empty() : Optional.of(as);
        threads.execute(() -> arrival.run((copy, finish) -> make(copy, renamed, as, finish), offer.key()));
        return arrival.state();
    }

    private InstanceInfo make(StoredBackup copy, Optional<String> renamed, String as, Arrival.Finish finish) {
        backups.receive(copy, renamed, finish::with);
        return instances.find(InstanceId.parse(as)).orElseThrow();
    }

    private List<String> obstacles(Offer offer, InstanceId as) {
        if (instances.find(as).isPresent()) {
            return List.of("There is already an instance " + as
                    + " there. Have another ticket given with --as, or delete it.");
        }
        BackupHeader header = new BackupHeader(
                Format.VERSION,
                offer.instance(),
                offer.app(),
                offer.appVersion(),
                "",
                Instant.EPOCH,
                "",
                "",
                offer.bytes());
        return backups.plan(header).obstacles();
    }
}
