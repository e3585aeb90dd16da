package platform.core.shell;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import platform.backup.api.BackupTargets;
import platform.backup.api.TargetInfo;
import platform.backup.api.TargetSetup;
import platform.backup.api.TargetStep;
import platform.backup.api.TargetTest;
import platform.core.api.ByteSize;
import platform.core.api.PlatformException;
import platform.core.api.Role;

/** The places that backups go to. */
final class BackupTargetVerbs {

    /** More than any private key has. */
    private static final int LARGEST = 1 << 16;

    private final CommandConsole console;
    private final BackupTargets targets;

    BackupTargetVerbs(CommandConsole console, BackupTargets targets) {
        this.console = console;
        this.targets = targets;
    }

    @Needs(Role.ADMINISTRATOR)
    @Command(
            name = "backup:target",
            description = "Add, list, test or remove the places that backups go to.",
            footer = {
                "%nA test writes, lists, reads and deletes a small file, and says of a step that fails what to do.",
                "%nExamples:",
                "  backup:target add disk file:///mnt/backup/",
                "  backup:target add nas https://backup@nas.example.com/backups/ --password - --limit 5M",
                "  backup:target add vault sftp://me@vault.example.com/~/backups/ --key /root/key --host-key SHA256:...",
                "  backup:target add cloud \"s3://KEY@bucket/prefix?endpoint=https://s3.example.com\" --password -",
                "  backup:target test nas",
                "  backup:target list",
                "  backup:target remove nas"
            })
    void target(
            @Parameters(index = "0", paramLabel = "ACTION", description = "add, list, test or remove.") String action,
            @Parameters(index = "1", arity = "0..1", paramLabel = "TARGET", description = "The target's name.")
                    String name,
            @Parameters(
                            index = "2",
                            arity = "0..1",
                            paramLabel = "ADDRESS",
                            description = "Where it is: file:, http:, https:, sftp: or s3:, without a password.")
                    String address,
            @Mixin Setting setting,
            @Mixin Output output) {
        if (!action.equals("add") && (setting.isGiven() || address != null)) {
            throw new UsageException("backup:target: An address and options such as --password go with add only.");
        }
        switch (action) {
            case "add" -> add(need(name, "TARGET"), need(address, "ADDRESS"), setting, output);
            case "list" -> list(output);
            case "test" -> test(need(name, "TARGET"), output);
            case "remove" -> remove(need(name, "TARGET"), output);
            default ->
                throw new UsageException(
                        "backup:target: " + Table.quoted(action) + " is no action. Use add, list, test or remove.");
        }
    }

    /** What belongs to a target that is added. */
    static final class Setting {

        @Option(
                names = "--password",
                paramLabel = "PASSWORD",
                description = "The password, or the secret of an access key; - reads it from standard input.")
        private String password;

        @Option(
                names = "--key",
                paramLabel = "FILE",
                description =
                        "The whole path of a file with a private key for SSH, without a passphrase; - reads it from"
                                + " standard input.")
        private String key;

        @Option(
                names = "--host-key",
                paramLabel = "FINGERPRINT",
                description = "The SSH server's key as ssh-keygen -l prints it: SHA256:...")
        private String hostKey;

        @Option(
                names = "--ca",
                paramLabel = "FILE",
                description = "A PEM file with the authorities that the server's certificate may be signed by.")
        private Path authorities;

        @Option(
                names = "--limit",
                paramLabel = "BYTES",
                converter = Converters.Bytes.class,
                description = "At most so many bytes a second: 500K, 5M. Default: as much as goes.")
        private Long limit;

        @Option(
                names = "--exclude",
                paramLabel = "INSTANCE",
                description = "Leave this instance out of what goes there. Can be given several times.")
        private List<String> excluded;

        private boolean isGiven() {
            return password != null
                    || key != null
                    || hostKey != null
                    || authorities != null
                    || limit != null
                    || excluded != null;
        }
    }

    private static String need(String argument, String label) {
        if (argument == null) {
            throw new UsageException(
                    "backup:target: Missing required parameter: '" + label + "'. Try backup:target --help");
        }
        return argument;
    }

    private void add(String name, String address, Setting setting, Output output) {
        TargetSetup setup = new TargetSetup(
                name,
                address,
                secret(setting),
                Optional.ofNullable(setting.hostKey),
                Optional.ofNullable(setting.authorities),
                setting.limit == null ? 0 : setting.limit,
                setting.excluded == null ? Set.of() : Set.copyOf(setting.excluded));
        TargetInfo added = ScheduleVerbs.whole(() -> targets.add(setup));
        output.text(
                console,
                added,
                "Added the target " + added.name() + ", " + Table.visible(added.address())
                        + ". Try it: backup:target test " + added.name());
    }

    private Optional<String> secret(Setting setting) {
        if (setting.key == null) {
            return "-".equals(setting.password)
                    ? Optional.of(console.secret("Password: "))
                    : Optional.ofNullable(setting.password);
        }
        if (setting.password != null) {
            throw new UsageException("backup:target: Give either --password or --key.");
        }
        return Optional.of(
                setting.key.equals("-")
                        ? standardInput()
                        : HostFile.text("backup:target", setting.key, " Give it from standard input: --key - < FILE"));
    }

    private String standardInput() {
        if (console.interactive()) {
            throw new UsageException("backup:target: --key - needs a file on standard input, < FILE");
        }
        try {
            return new String(console.input().readNBytes(LARGEST), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw PlatformException.failed("Cannot read the key from standard input: " + e.getMessage(), e);
        }
    }

    private void list(Output output) {
        List<TargetInfo> found = ScheduleVerbs.told(targets::list);
        Table table = new Table("TARGET", "ADDRESS", "LIMIT", "EXCLUDED");
        found.forEach(it -> table.row(
                it.name(),
                it.address(),
                it.bytesPerSecond() == 0 ? "" : ByteSize.text(it.bytesPerSecond()) + "/s",
                String.join(" ", it.excluded())));
        output.list(console, found, table);
    }

    private void test(String name, Output output) {
        TargetTest test = Work.cancellable(() -> ScheduleVerbs.told(() -> targets.test(name)));
        Table table = new Table("STEP", "RESULT", "MS");
        test.steps()
                .forEach(it -> table.row(
                        it.name(), it.passed() ? "ok" : "FAILED", it.took().toMillis()));
        output.list(console, test.steps(), table);
        if (!test.isPassed()) {
            throw PlatformException.failed(message(test), null);
        }
    }

    private static String message(TargetTest test) {
        return String.join(
                "\n",
                test.steps().stream()
                        .filter(it -> !it.passed())
                        .map(TargetStep::message)
                        .toList());
    }

    private void remove(String name, Output output) {
        ScheduleVerbs.whole(() -> {
            targets.remove(name);
            return name;
        });
        JsonObject json = new JsonObject();
        json.addProperty("removed", name);
        output.text(console, json, "Removed the target " + name + ". What it holds stays there.");
    }
}
