package platform.core.shell;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import platform.core.api.Platform;
import platform.core.api.Role;

/** What can be done with the platform as a whole. */
final class PlatformVerbs {

    private final CommandConsole console;
    private final Optional<Platform> platform;
    private final CommandIndex index;

    PlatformVerbs(CommandConsole console, Optional<Platform> platform, CommandIndex index) {
        this.console = console;
        this.platform = platform;
        this.index = index;
    }

    @Needs(Role.VIEWER)
    @Command(
            name = "platform:info",
            description = "Show the platform's version, folder, addresses, memory, and what the webserver refused.",
            footer = "%nExample: platform:info -o json")
    void info(@Mixin Output output) {
        Platform p = platform();
        Runtime runtime = Runtime.getRuntime();
        long used = runtime.totalMemory() - runtime.freeMemory();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("version", p.version());
        json.put("started", p.started());
        json.put("data", p.data());
        json.put("addresses", p.addresses());
        json.put("java", Runtime.version().toString());
        json.put("heapUsed", used);
        json.put("heapMax", runtime.maxMemory());
        json.put("refused", p.refusals());

        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("Version", p.version());
        fields.put("Started", p.started().truncatedTo(ChronoUnit.SECONDS) + ", up " + upTime(p.started()));
        fields.put("Data", p.data());
        fields.put("Addresses", p.addresses().stream().map(Object::toString).collect(Collectors.joining(" ")));
        fields.put("Java", Runtime.version());
        fields.put("Heap", String.format("%d of %d MB", used >> 20, runtime.maxMemory() >> 20));
        fields.put("Refused", refused(p.refusals()));
        output.fields(console, json, fields);
    }

    private static String refused(Map<String, Long> refusals) {
        String some = refusals.entrySet().stream()
                .filter(each -> each.getValue() > 0)
                .map(each -> each.getValue() + " " + each.getKey())
                .collect(Collectors.joining(", "));
        return some.isEmpty() ? "nothing" : some;
    }

    private static String upTime(Instant started) {
        Duration up = Duration.between(started, Instant.now());
        return String.format(
                "%d d %02d:%02d:%02d", up.toDays(), up.toHoursPart(), up.toMinutesPart(), up.toSecondsPart());
    }

    @Needs(Role.ADMINISTRATOR)
    @Command(
            name = "platform:rotate-db-password",
            description = "Give the platform's own logins to the database server new passwords, while all goes on.",
            footer = {
                "%nNobody is shown them: they rest in secrets/. Whoever else has the former ones is cut off."
                        + " instance:rotate-db-password does the same for an instance.",
                "%nExample: platform:rotate-db-password"
            })
    void rotateDatabasePasswords(@Mixin Output output) {
        Platform p = platform();
        Work.whole(p::rotateDatabasePasswords);
        output.text(
                console,
                Map.of("rotated", true),
                "Changed the passwords of the platform's own logins to the database server.");
    }

    @Needs(Role.ADMINISTRATOR)
    @Command(
            name = "platform:shutdown",
            description = "Stop the platform, in order, the database last.",
            footer = "%nExample: platform:shutdown")
    void shutdown(@Mixin Output output) {
        platform().shutdown();
        output.text(console, Map.of("stopping", true), "The platform stops.");
    }

    @Needs(value = Role.VIEWER, filtered = true)
    @Command(
            name = "platform:help",
            description = "List the commands, or those of a scope, or explain one.",
            footer = {"%nExamples:", "  help", "  help instance", "  help instance:create"})
    void help(
            @Parameters(
                            paramLabel = "COMMAND",
                            arity = "0..1",
                            description = "The command to explain, or the scope: what is before the colon.")
                    String command,
            @Mixin Output output) {
        List<CommandIndex.Entry> entries = command == null ? index.entries() : index.entries(command);
        if (entries.isEmpty()) {
            console.println(index.explain(command, console));
            return;
        }
        Table table = new Table("COMMAND", "ROLE", "WHAT IT DOES");
        entries.forEach(entry -> table.row(entry.name(), entry.role(), entry.description()));
        output.list(console, entries, table);
    }

    private Platform platform() {
        return platform.orElseThrow(PlatformCommands::managerMissing);
    }
}
