package platform.core.shell;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import platform.core.api.InstanceId;
import platform.db.api.DatabaseStatus;
import platform.db.api.LockWait;
import platform.db.api.SqlResult;
import platform.db.api.TableStatus;

/** How databases are told of. */
final class DatabaseText {

    private DatabaseText() {}

    static String bytes(long bytes) {
        return String.format("%,.1f MB", bytes / 1e6);
    }

    static String percent(Optional<Double> ratio) {
        return ratio.map(r -> String.format("%.1f %%", 100 * r)).orElse("");
    }

    static String seconds(Duration duration) {
        return String.format("%,.1f s", duration.toMillis() / 1000.0);
    }

    /** All about a database in a few lines. */
    static Map<String, Object> fields(
            InstanceId instance, DatabaseStatus it, List<TableStatus> tables, List<LockWait> waits) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("Instance", instance);
        fields.put("Database", it.name());
        fields.put("Server", it.server());
        fields.put("Role", it.role());
        fields.put("Size", bytes(it.bytes()));
        fields.put(
                "Tables",
                String.format(
                        "%,d, %s, of which indexes %s",
                        tables.size(),
                        bytes(tables.stream().mapToLong(TableStatus::bytes).sum()),
                        bytes(tables.stream().mapToLong(TableStatus::indexBytes).sum())));
        fields.put(
                "Bloat",
                "about " + bloat(tables, TableStatus::bloatBytes) + " in tables, "
                        + bloat(tables, TableStatus::indexBloatBytes) + " in indexes");
        fields.put(
                "Dead rows",
                String.format(
                        "%,d", tables.stream().mapToLong(TableStatus::deadRows).sum()));
        fields.put("Last vacuum", latest(tables, TableStatus::lastVacuum));
        fields.put("Last analyze", latest(tables, TableStatus::lastAnalyze));
        fields.put("Connections", it.connections());
        fields.put("Cache hit", percent(it.cacheHitRatio()));
        fields.put(
                "Transaction",
                it.longestTransaction().map(t -> "open since " + seconds(t)).orElse(""));
        fields.put("Deadlocks", it.deadlocks());
        fields.put("Temp files", bytes(it.temporaryBytes()) + " written");
        waits.forEach(wait -> fields.put("Waiting " + wait.process(), waiting(wait)));
        return fields;
    }

    private static String waiting(LockWait wait) {
        return "for " + wait.mode() + wait.table().map(table -> " on " + table).orElse("") + " since "
                + seconds(wait.waiting()) + ", held up by " + wait.blockedBy();
    }

    private static String bloat(List<TableStatus> tables, Function<TableStatus, Optional<Long>> part) {
        return bytes(tables.stream()
                .flatMap(table -> part.apply(table).stream())
                .mapToLong(Long::longValue)
                .sum());
    }

    private static String latest(List<TableStatus> tables, Function<TableStatus, Optional<Instant>> part) {
        return tables.stream()
                .flatMap(table -> part.apply(table).stream())
                .max(Comparator.naturalOrder())
                .map(DatabaseText::time)
                .orElse("never");
    }

    static String time(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** A table of tables. */
    static Table tables(List<TableStatus> tables) {
        Table table =
                new Table("TABLE", "SIZE", "INDEXES", "ROWS", "DEAD", "BLOAT", "INDEX BLOAT", "VACUUM", "ANALYZE");
        tables.forEach(it -> table.row(
                it.schema() + "." + it.name(),
                bytes(it.bytes()),
                bytes(it.indexBytes()),
                it.liveRows(),
                it.deadRows(),
                it.bloatBytes().map(DatabaseText::bytes).orElse("?"),
                it.indexBloatBytes().map(DatabaseText::bytes).orElse("?"),
                it.lastVacuum().map(DatabaseText::time).orElse("never"),
                it.lastAnalyze().map(DatabaseText::time).orElse("never")));
        return table;
    }

    /** What a statement has come to, in a few words. */
    static String outcome(SqlResult result) {
        if (!result.columns().isEmpty()) {
            return result.rows().size()
                    + (result.rows().size() == 1 ? " row" : " rows")
                    + (result.more() ? ", more were not fetched" : "");
        }
        return result.changed()
                .map(n -> n + (n == 1 ? " row changed" : " rows changed"))
                .orElse("done");
    }

    /** Prints the rows of a statement, and a note after them. */
    static void show(CommandConsole console, Output output, SqlResult result) {
        JsonObject json = new JsonObject();
        json.add("columns", Json.tree(result.columns()));
        JsonArray rows = new JsonArray();
        result.rows().forEach(row -> rows.add(values(row)));
        json.add("rows", rows);
        json.addProperty("more", result.more());
        result.changed().ifPresent(changed -> json.addProperty("changed", changed));
        Table table = new Table(result.columns().toArray(String[]::new));
        result.rows()
                .forEach(row -> table.row(
                        row.stream().map(value -> value.orElse("NULL")).toArray()));
        String note = result.more()
                ? "The first " + result.rows().size() + " rows; there are more. Ask for more with --rows."
                : outcome(result) + ", " + seconds(result.took());
        String text = result.columns().isEmpty()
                ? note
                : console.screen().map(table::text).orElseGet(table::text) + "\n(" + note + ")";
        output.text(console, json, text);
    }

    private static JsonArray values(List<Optional<String>> row) {
        JsonArray values = new JsonArray();
        row.forEach(value -> value.ifPresentOrElse(values::add, () -> values.add(JsonNull.INSTANCE)));
        return values;
    }
}
