package platform.core.shell;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import platform.core.api.InstanceId;
import platform.core.api.InstanceQuotas;
import platform.core.api.QuotaChange;
import platform.core.api.QuotaInfo;
import platform.core.api.QuotaKind;
import platform.core.api.Role;

/** What instances may take of what all share. */
final class LimitVerbs {

    private final CommandConsole console;
    private final InstanceQuotas quotas;

    LimitVerbs(CommandConsole console, InstanceQuotas quotas) {
        this.console = console;
        this.quotas = quotas;
    }

    @Needs(value = Role.VIEWER, administratorFor = "LIMIT=N")
    @Command(
            name = "instance:limit",
            description = "Show what an instance takes of what all share and how much it may, or change how much.",
            footer = {
                "%nrequests: being answered or waiting for it. sockets: open WebSockets. tasks: waiting for the instance's"
                        + " executor. log: bytes in an hour.",
                "%nnone lifts a limit, default makes it the platform's own again, which is in"
                        + " etc/platform.core.manager.cfg.",
                "%nExamples:",
                "  instance:limit acme@example.com",
                "  instance:limit acme@example.com requests=50 sockets=2000",
                "  instance:limit acme@example.com log=100M tasks=default"
            })
    void limit(
            @Parameters(index = "0", paramLabel = "INSTANCE", description = "The instance: name@domain.") String id,
            @Parameters(
                            index = "1..*",
                            arity = "0..*",
                            paramLabel = "LIMIT=N",
                            description = "A new limit: a number, of log a size such as 100M; none, or default.")
                    List<String> assignments,
            @Mixin Output output) {
        InstanceId instance = InstanceId.parse(id);
        QuotaChange change = change(assignments == null ? List.of() : assignments);
        List<QuotaInfo> limits = (change.isEmpty()
                        ? quotas.of(instance)
                        : Work.whole(() -> quotas.change(instance, change)))
                .stream().filter(it -> !it.kind().isOfDatabase()).toList();
        output.list(console, limits, QuotaText.table("LIMIT", limits));
    }

    private static QuotaChange change(List<String> assignments) {
        Map<QuotaKind, Optional<Long>> limits = new EnumMap<>(QuotaKind.class);
        Set<QuotaKind> toDefault = EnumSet.noneOf(QuotaKind.class);
        for (String assignment : assignments) {
            String[] parts = assignment.split("=", 2);
            QuotaKind kind = kind(parts[0]);
            if (parts.length < 2) {
                throw new UsageException("instance:limit: '" + assignment + "' has no value: " + assignment + "=100");
            }
            if (parts[1].equals("default")) {
                toDefault.add(kind);
            } else {
                limits.put(kind, QuotaText.limit(kind, "instance:limit: " + parts[0], parts[1]));
            }
        }
        return new QuotaChange(limits, toDefault);
    }

    private static QuotaKind kind(String name) {
        return kinds().filter(kind -> QuotaText.name(kind).equals(name))
                .findFirst()
                .orElseThrow(() -> new UsageException("instance:limit: There is no limit '" + name + "'. Use one of "
                        + kinds().map(QuotaText::name).collect(Collectors.joining(", "))));
    }

    private static Stream<QuotaKind> kinds() {
        return Stream.of(QuotaKind.values()).filter(kind -> !kind.isOfDatabase());
    }
}
