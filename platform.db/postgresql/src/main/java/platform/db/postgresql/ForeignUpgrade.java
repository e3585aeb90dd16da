package platform.db.postgresql;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Optional;
import java.util.function.Consumer;
import platform.db.api.DatabaseException;
import platform.db.api.DatabaseUpgrade;
import platform.db.api.UpgradePlan;
import platform.db.api.UpgradeResult;

/** Refuses, for where there is no server of our own. */
record ForeignUpgrade(String server) implements DatabaseUpgrade {

    @Override
    public UpgradePlan plan(Optional<Path> binaries) {
        throw refused();
    }

    @Override
    public UpgradeResult upgrade(Optional<Path> binaries, Consumer<String> progress) {
        throw refused();
    }

    @Override
    public Optional<LocalDate> keptUntil() {
        return Optional.empty();
    }

    @Override
    public String rollBackAtNextStart() {
        throw refused();
    }

    private DatabaseException refused() {
        return new DatabaseException("The platform has no PostgreSQL of its own to upgrade: the server '" + server
                + "' is upgraded by its administrator. The platform goes on with the newer version by itself");
    }
}
