package platform.db.postgresql;

import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import platform.db.api.Dump;
import platform.db.api.Dumps;
import platform.db.api.TableCopy;

/** Dumps each database from the server that has it. */
record RoutedDumps(Servers servers) implements Dumps {

    @Override
    public Dump begin(String database) {
        return of(database).begin(database);
    }

    @Override
    public void restore(String database, String role, InputStream dump) {
        of(database).restore(database, role, dump);
    }

    /** Every server has the same tools. */
    @Override
    public List<String> contents(InputStream dump) {
        return servers.main().dumps().contents(dump);
    }

    @Override
    public void restoreTables(String database, InputStream dump, List<String> contents, Set<String> tables) {
        of(database).restoreTables(database, dump, contents, tables);
    }

    @Override
    public List<TableCopy> tables(String database) {
        return of(database).tables(database);
    }

    /** Both are on one server: one was made beside the other. */
    @Override
    public void copyTables(String from, String to, List<TableCopy> tables) {
        of(to).copyTables(from, to, tables);
    }

    @Override
    public Map<String, Long> rows(String database) {
        return of(database).rows(database);
    }

    @Override
    public String checksum(InputStream dump) {
        return servers.main().dumps().checksum(dump);
    }

    @Override
    public String checksum(String database) {
        return of(database).checksum(database);
    }

    private Dumps of(String database) {
        return servers.holding(database).dumps();
    }
}
