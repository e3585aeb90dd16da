package platform.core.shell;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import platform.core.api.InstanceId;
import platform.core.api.InstanceQuotas;
import platform.core.api.PlatformException;
import platform.core.api.QuotaInfo;
import platform.core.api.QuotaKind;
import platform.core.api.QuotaLimit;

/** How limits are written and told of. */
final class QuotaText {

    private QuotaText() {}

    /**
     * A limit as people write it; absent for none.
     *
     * @param what the command, and what of it
     * @throws UsageException when it is none
     */
    static Optional<Long> limit(QuotaKind kind, String what, String text) {
        try {
            return QuotaLimit.parse(kind, text);
        } catch (PlatformException e) {
            throw new UsageException(what + ": " + e.getMessage() + "; or none, or default for the platform's own");
        }
    }

    /** Says that the database of an instance is closed, if it is. */
    static void warnIfClosed(CommandConsole console, InstanceQuotas quotas, InstanceId id) {
        if (quotas.isClosed(id)) {
            console.warn(
                    "The database of " + id + " is closed, for it is larger than its hard limit: the instance cannot"
                            + " write. It opens by itself when there is room: delete rows by db:sql --write, which still can, or"
                            + " raise the limit by instance:quota.");
        }
    }

    /** A table of limits and what is used of them. */
    static Table table(String first, List<QuotaInfo> infos) {
        Table table = new Table(first, "USE", "LIMIT", "SET BY");
        infos.forEach(it -> table.row(
                name(it.kind()),
                amount(it.kind(), it.use()),
                it.limit().map(limit -> amount(it.kind(), limit)).orElse("none"),
                it.own() ? "instance" : "platform"));
        return table;
    }

    static String name(QuotaKind kind) {
        return switch (kind) {
            case CONNECTIONS -> "connections";
            case STATEMENT_TIME -> "statement time";
            case IDLE_IN_TRANSACTION -> "idle in transaction";
            case TEMP -> "temporary files";
            case SIZE_SOFT -> "size, soft";
            case SIZE_HARD -> "size, hard";
            case REQUESTS -> "requests";
            case SOCKETS -> "sockets";
            case TASKS -> "tasks";
            case LOG -> "log";
        };
    }

    static String amount(QuotaKind kind, long amount) {
        return switch (kind.unit()) {
            case COUNT -> Long.toString(amount);
            case MILLISECONDS -> DatabaseText.seconds(Duration.ofMillis(amount));
            case BYTES -> DatabaseText.bytes(amount);
        };
    }
}
