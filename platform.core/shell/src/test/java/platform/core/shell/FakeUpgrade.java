package platform.core.shell;

import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import platform.db.api.DatabaseUpgrade;
import platform.db.api.UpgradePlan;
import platform.db.api.UpgradeResult;

/** An upgrade that does nothing; there is too little room for the binaries in /full. */
final class FakeUpgrade implements DatabaseUpgrade {

    private static final LocalDate UNTIL = LocalDate.parse("2026-12-04");

    final List<String> calls = new ArrayList<>();

    @Override
    public UpgradePlan plan(Optional<Path> binaries) {
        List<String> obstacles =
                binaries.isPresent() ? List.of("there is too little room: 5 bytes are missing") : List.of();
        List<String> warnings = List.of("pg_dump of version 18 is missing: install it");
        return new UpgradePlan("15", "18.3", List.of("a", "b"), 600_000_000, 2_000_000_000, obstacles, warnings);
    }

    @Override
    public UpgradeResult upgrade(Optional<Path> binaries, Consumer<String> progress) {
        plan(binaries).requireNoObstacle();
        calls.add("upgrade");
        progress.accept("Copying the database 1 of 2: a");
        return new UpgradeResult("15", "18.3", 2, UNTIL, Duration.ofSeconds(70));
    }

    @Override
    public Optional<LocalDate> keptUntil() {
        return calls.contains("upgrade") ? Optional.of(UNTIL) : Optional.empty();
    }

    @Override
    public String rollBackAtNextStart() {
        calls.add("rollback");
        return "15.19.0";
    }
}
