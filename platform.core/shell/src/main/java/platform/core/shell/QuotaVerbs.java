package platform.core.shell;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import platform.core.api.InstanceId;
import platform.core.api.InstanceQuotas;
import platform.core.api.QuotaChange;
import platform.core.api.QuotaInfo;
import platform.core.api.QuotaKind;
import platform.core.api.Role;

/** What instances may use of their databases. */
final class QuotaVerbs {

    private final CommandConsole console;
    private final InstanceQuotas quotas;

    QuotaVerbs(CommandConsole console, InstanceQuotas quotas) {
        this.console = console;
        this.quotas = quotas;
    }

    @Needs(
            value = Role.VIEWER,
            administratorFor = {
                "--connections",
                "--statement-time",
                "--idle-in-transaction",
                "--temp",
                "--size-soft",
                "--size-hard"
            })
    @Command(
            name = "instance:quota",
            description = "Show what an instance uses of its database and how much it may, or change how much.",
            footer = {
                "%nnone lifts a limit, default makes it the platform's own again, which is in"
                        + " etc/platform.core.manager.cfg.",
                "%nExamples:",
                "  instance:quota acme@example.com",
                "  instance:quota acme@example.com --size-soft 1G --size-hard 2G",
                "  instance:quota acme@example.com --statement-time none --connections default"
            })
    void quota(
            @Parameters(paramLabel = "INSTANCE", description = "The instance: name@domain.") String id,
            @Option(names = "--connections", paramLabel = "N", description = "How many it may have open at once.")
                    String connections,
            @Option(
                            names = "--statement-time",
                            paramLabel = "TIME",
                            description = "How long a statement may take: 30s.")
                    String statementTime,
            @Option(
                            names = "--idle-in-transaction",
                            paramLabel = "TIME",
                            description = "How long a transaction may stay open while it does nothing: 1m.")
                    String idleInTransaction,
            @Option(
                            names = "--temp",
                            paramLabel = "SIZE",
                            description = "What each connection may have in temporary files: 512M.")
                    String temp,
            @Option(names = "--size-soft", paramLabel = "SIZE", description = "The size that raises an alarm: 1G.")
                    String sizeSoft,
            @Option(
                            names = "--size-hard",
                            paramLabel = "SIZE",
                            description = "The size beyond which nothing can be added or changed: 2G.")
                    String sizeHard,
            @Mixin Output output) {
        InstanceId instance = InstanceId.parse(id);
        Change change = new Change();
        change.read(QuotaKind.CONNECTIONS, "--connections", connections);
        change.read(QuotaKind.STATEMENT_TIME, "--statement-time", statementTime);
        change.read(QuotaKind.IDLE_IN_TRANSACTION, "--idle-in-transaction", idleInTransaction);
        change.read(QuotaKind.TEMP, "--temp", temp);
        change.read(QuotaKind.SIZE_SOFT, "--size-soft", sizeSoft);
        change.read(QuotaKind.SIZE_HARD, "--size-hard", sizeHard);
        QuotaChange wanted = new QuotaChange(change.limits, change.toDefault);
        show(wanted.isEmpty() ? quotas.of(instance) : Work.whole(() -> quotas.change(instance, wanted)), output);
        QuotaText.warnIfClosed(console, quotas, instance);
    }

    /** What is asked for, option by option. */
    private static final class Change {

        private final Map<QuotaKind, Optional<Long>> limits = new EnumMap<>(QuotaKind.class);
        private final Set<QuotaKind> toDefault = EnumSet.noneOf(QuotaKind.class);

        void read(QuotaKind kind, String option, String text) {
            if ("default".equals(text)) {
                toDefault.add(kind);
            } else if (text != null) {
                limits.put(kind, QuotaText.limit(kind, "instance:quota: " + option, text));
            }
        }
    }

    private void show(List<QuotaInfo> infos, Output output) {
        List<QuotaInfo> ofDatabase =
                infos.stream().filter(it -> it.kind().isOfDatabase()).toList();
        output.list(console, ofDatabase, QuotaText.table("QUOTA", ofDatabase));
    }
}
