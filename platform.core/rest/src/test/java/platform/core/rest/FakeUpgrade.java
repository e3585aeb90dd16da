package platform.core.rest;

import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import platform.db.api.DatabaseException;
import platform.db.api.UpgradePlan;
import platform.db.api.UpgradeResult;

/** An upgrade in the mind. There is too little room for the binaries in {@code /full}, and none are in {@code /none}. */
final class FakeUpgrade {

    private static final LocalDate UNTIL = LocalDate.parse("2026-12-05");

    final List<Optional<Path>> upgraded = new ArrayList<>();
    private boolean former = true;

    UpgradePlan plan(Optional<Path> binaries) {
        if (binaries.equals(Optional.of(Path.of("/none")))) {
            throw new DatabaseException("There are no binaries in /none");
        }
        boolean full = binaries.equals(Optional.of(Path.of("/full")));
        return new UpgradePlan(
                "15",
                "18.3",
                List.of("manager", "acme"),
                600_000_000,
                2_000_000_000,
                full ? List.of("there is too little room: 5 bytes are missing") : List.of(),
                List.of("pg_dump of version 18 is missing: install it"));
    }

    UpgradeResult upgrade(Optional<Path> binaries, Consumer<String> progress) {
        upgraded.add(binaries);
        progress.accept("Copying the database 1 of 2: manager");
        return new UpgradeResult("15", "18.3", 2, UNTIL, Duration.ofSeconds(70));
    }

    Optional<LocalDate> keptUntil() {
        return former ? Optional.of(UNTIL) : Optional.empty();
    }

    String rollBackAtNextStart() {
        if (!former) {
            throw new DatabaseException("There is no upgrade to take back");
        }
        former = false;
        return "15.19.0";
    }
}
