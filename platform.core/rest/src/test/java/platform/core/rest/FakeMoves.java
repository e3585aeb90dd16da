package platform.core.rest;

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

/** Moves that are only remembered; on the port 1 there is no room for any. */
final class FakeMoves {

    private static final Instant AT = Instant.parse("2026-11-01T00:00:00Z");

    final List<MoveRequest> moved = new ArrayList<>();

    MoveTicket accept(Optional<String> as, Duration valid) {
        return new MoveTicket("sesame-ticket", AT.plus(valid));
    }

    MovePlan plan(MoveRequest request) {
        boolean full = request.platform().getPort() == 1;
        return new MovePlan(
                request.instance(), "acme@example.org", 8_000_000, "", full ? List.of("There is no room.") : List.of());
    }

    MoveResult move(MoveRequest request, BackupProgress progress) {
        moved.add(request);
        progress.at("copy", 1, 2);
        return new MoveResult(
                request.instance(),
                "acme@example.org",
                URI.create("https://apps2.example.com/acme"),
                3,
                Duration.ofSeconds(4),
                Map.of("last changes", Duration.ofMillis(700)),
                "",
                AT);
    }

    void takeBack(String instance, boolean sure) {
        if (!sure && instance.startsWith("bolt")) {
            throw new BackupException("It was moved. Two of it must not run.");
        }
    }
}
