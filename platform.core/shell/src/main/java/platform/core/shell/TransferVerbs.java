package platform.core.shell;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import platform.backup.api.ExportRequest;
import platform.backup.api.ExportResult;
import platform.backup.api.InstanceFiles;
import platform.backup.api.RestoreRequest;
import platform.backup.api.RestoreResult;
import platform.core.api.Role;

/** Takes instances to other platforms, and from there. */
final class TransferVerbs {

    private final CommandConsole console;
    private final InstanceFiles files;
    private final BackupPlaces places;

    TransferVerbs(CommandConsole console, InstanceFiles files, BackupPlaces places) {
        this.console = console;
        this.files = files;
        this.places = places;
    }

    @Needs(Role.ADMINISTRATOR)
    @Command(
            name = "instance:export",
            description = "Write an instance to one encrypted file, for another platform. It goes on meanwhile.",
            footer = {
                "%nThe file has all its data, its settings and its passwords. Unless it is encrypted for a public key, such as"
                        + " backup:key shows on the other platform, a key is made for this file alone and shown once. With"
                        + " --with-app a platform that lacks the app takes it out of the file.",
                "%nExamples:",
                "  instance:export acme@example.com /root/acme.age",
                "  instance:export acme@example.com /root/acme.age --with-app",
                "  instance:export acme@example.com /root/acme.age --recipient age1…"
            })
    void exportInstance(
            @Parameters(paramLabel = "INSTANCE", description = "The instance: name@domain.") String id,
            @Parameters(paramLabel = "FILE", description = "The new file, from / on.") String file,
            @Option(
                            names = "--recipient",
                            paramLabel = "KEY",
                            split = ",",
                            description = "Public keys that open it, age1…; several with commas.")
                    List<String> recipients,
            @Option(names = "--with-app", description = "Put the app's jar into the file, too.") boolean withApp,
            @Mixin Output output) {
        List<String> keys = recipients == null ? List.of() : recipients;
        ExportRequest request = new ExportRequest(id, BackupPlaces.path(file), keys, withApp);
        ExportResult result =
                BackupVerbs.work(() -> files.exportTo(request, BackupVerbs.progress(console, output, "")));
        JsonObject json = Json.tree(result).getAsJsonObject();
        output.text(
                console,
                json,
                String.format(
                                "%s is in %s: %,d rows, %s, in %s.",
                                id,
                                result.file(),
                                result.manifest().allRows(),
                                DatabaseText.bytes(result.bytes()),
                                DatabaseText.seconds(result.took()))
                        + result.key()
                                .map(it -> "\nThe key that opens it, shown this once:\n\n  " + it)
                                .orElse(""));
    }

    @Needs(Role.ADMINISTRATOR)
    @Command(
            name = "instance:import",
            description = "Make the instance that is in a file of instance:export or in a backup.",
            footer = {
                "%nIt gets the name, path, host and password that it had; with --as another name, and the others anew. An"
                        + " instance that is there is never touched.",
                "%nWhere the app is missing or older, --install takes it out of the file, if it was exported with it, or of a"
                        + " backup of the manager beside it. It is code of whoever made the file.",
                "%nExamples:",
                "  instance:import /root/acme.age --key - --install",
                "  instance:import /root/acme.age --key - --as acme@example.org",
                "  instance:import nas:acme@example.com-20261127-083000Z.tar.zst.age"
            })
    void importInstance(
            @Parameters(paramLabel = "FILE", description = "The file, from / on, or TARGET:FILE.") String file,
            @Option(names = "--as", paramLabel = "INSTANCE", description = "What it shall be called: name@domain.")
                    String as,
            @Option(names = "--server", paramLabel = "SERVER", description = BackupVerbs.SERVER) String server,
            @Option(
                            names = "--key",
                            paramLabel = "-",
                            description =
                                    "Read the secret key that opens the file, AGE-SECRET-KEY-1…, from standard input."
                                            + " Default: the platform's own keys.")
                    String key,
            @Option(
                            names = "--as-is",
                            description = "Although the app is an older version here than in the file; it must know the"
                                    + " database's schema.")
                    boolean asIs,
            @Option(names = "--install", description = BackupVerbs.INSTALL) boolean install,
            @Mixin Output output) {
        if (key != null && !key.equals("-")) {
            throw new UsageException(
                    "instance:import: A key on the command line could be seen by others: give --key -");
        }
        List<String> keys =
                key == null ? List.of() : List.of(console.secret("Key: ").strip());
        RestoreRequest request = new RestoreRequest(
                places.source(file, null), Optional.ofNullable(as), asIs, Optional.ofNullable(server), install);
        RestoreResult result =
                BackupVerbs.work(() -> files.importFrom(request, keys, BackupVerbs.progress(console, output, "")));
        output.text(console, Json.tree(result), BackupVerbs.text(result));
    }
}
