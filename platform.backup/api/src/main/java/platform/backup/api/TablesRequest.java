package platform.backup.api;

import java.util.List;
import java.util.Objects;

/**
 * Which tables shall be restored into the instance that the backup was made of.
 *
 * @param file the backup
 * @param tables which, as {@code schema.name}; a name alone is one of the schema {@code public}
 * @param replace whether their rows take the place of those that the tables have now; if not, they come into new tables
 */
public record TablesRequest(BackupSource file, List<String> tables, boolean replace) {

    public TablesRequest {
        Objects.requireNonNull(file, "file");
        tables = List.copyOf(tables);
    }
}
