package platform.backup.api;

import java.util.List;
import java.util.Map;

/**
 * What a whole backup says of itself; it stands at the file's end.
 *
 * @param header its beginning
 * @param schemaVersion the version of the last migration; empty when there was none
 * @param rows how many rows each table had in the snapshot, exactly, by schema and name
 * @param parts the parts in their order
 */
public record BackupManifest(
        BackupHeader header, String schemaVersion, Map<String, Long> rows, List<BackupPart> parts) {

    public BackupManifest {
        rows = Map.copyOf(rows);
        parts = List.copyOf(parts);
    }

    /** How many rows all tables have together. */
    public long allRows() {
        return rows.values().stream().mapToLong(Long::longValue).sum();
    }
}
