package platform.core.shell;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import platform.backup.api.BackupException;
import platform.backup.api.BackupTargets;
import platform.backup.api.TargetInfo;
import platform.backup.api.TargetSetup;
import platform.backup.api.TargetStep;
import platform.backup.api.TargetTest;

/** Targets in memory; the test of the one called {@code full} fails. */
final class FakeBackupTargets implements BackupTargets {

    final List<TargetSetup> added = new ArrayList<>();

    @Override
    public List<TargetInfo> list() {
        return added.stream().map(FakeBackupTargets::info).toList();
    }

    private static TargetInfo info(TargetSetup setup) {
        return new TargetInfo(
                setup.name(),
                setup.address(),
                setup.secret().isPresent(),
                setup.hostKey(),
                setup.authorities(),
                setup.bytesPerSecond(),
                new TreeSet<>(setup.excluded()));
    }

    @Override
    public TargetInfo add(TargetSetup setup) {
        if (setup.address().startsWith("ftp:")) {
            throw new BackupException("That is no address. Use another.");
        }
        added.removeIf(it -> it.name().equals(setup.name()));
        added.add(setup);
        return info(setup);
    }

    @Override
    public void remove(String name) {
        if (!added.removeIf(it -> it.name().equals(name))) {
            throw new BackupException("There is no target '" + name + "'.");
        }
    }

    @Override
    public TargetTest test(String name) {
        TargetStep connect = new TargetStep("connect", true, "", Duration.ofMillis(5));
        TargetStep write = name.equals("full")
                ? new TargetStep("write", false, "The server is full. Make room.", Duration.ofMillis(7))
                : new TargetStep("write", true, "", Duration.ofMillis(7));
        return new TargetTest(name, List.of(connect, write));
    }
}
