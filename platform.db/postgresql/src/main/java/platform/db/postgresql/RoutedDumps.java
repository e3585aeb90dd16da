package platform.db.postgresql;

import java.io.InputStream;
import java.util.Map;
import platform.db.api.Dump;
import platform.db.api.Dumps;

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
