package platform.core.shell;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import platform.backup.api.BackupException;
import platform.backup.api.BackupProgress;
import platform.backup.api.MovePlan;
import platform.backup.api.MoveRequest;
import platform.backup.api.MoveResult;
import platform.backup.api.MoveTicket;
import platform.backup.api.Moves;

/** Moves everything but what is full; only with the ticket {@code good}. */
final class FakeMoves implements Moves {

    static final Instant UNTIL = Instant.parse("2026-11-28T08:30:00Z");

    final List<String> calls = new ArrayList<>();

    @Override
    public MoveTicket accept(Optional<String> as, Duration valid) {
        calls.add("accept " + as.orElse("") + " " + valid);
        return new MoveTicket("the-ticket", UNTIL);
    }

    @Override
    public MovePlan plan(MoveRequest request) {
        if (!request.ticket().equals("good")) {
            throw new BackupException("The ticket is not known");
        }
        boolean full = request.platform().getHost().equals("full");
        return new MovePlan(
                request.instance(),
                request.instance(),
                1_000_000_000,
                full ? "It has large objects." : "",
                full ? List.of("It needs more room.") : List.of());
    }

    @Override
    public MoveResult move(MoveRequest request, BackupProgress progress) {
        calls.add("move " + request);
        return new MoveResult(
                request.instance(),
                request.instance(),
                URI.create("https://far/acme/"),
                1234,
                Duration.ofSeconds(60),
                Map.of("arrive", Duration.ofMillis(1500)),
                "",
                UNTIL);
    }

    @Override
    public void takeBack(String instance, boolean sure) {
        calls.add("take back " + instance + " " + sure);
    }
}
