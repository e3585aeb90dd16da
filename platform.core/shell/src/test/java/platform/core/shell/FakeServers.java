package platform.core.shell;

import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import platform.db.api.DatabaseException;
import platform.db.api.DatabaseServer;
import platform.db.api.DatabaseServers;
import platform.db.api.DatabaseSpec;
import platform.db.api.Databases;

/** The platform's own server, and one that is away. */
final class FakeServers implements DatabaseServers {

    @Override
    public List<DatabaseServer> list() {
        return List.of(
                new DatabaseServer("embedded", true, true, "127.0.0.1:40000", "15.19", 2, ""),
                new DatabaseServer("pg1", false, false, "pg1.example.com:5432", "", 0, "Connection refused"));
    }

    @Override
    public String defaultName() {
        return "embedded";
    }

    @Override
    public Databases on(String server) {
        throw new DatabaseException("Nobody asks for " + server);
    }

    @Override
    public void checkCopy(String from, String to, DatabaseSpec spec) {
        throw new DatabaseException("Nobody copies to " + to);
    }

    @Override
    public long copy(String from, String to, DatabaseSpec spec, String mark, Consumer<String> progress) {
        throw new DatabaseException("Nobody copies to " + to);
    }

    @Override
    public void retire(String server, DatabaseSpec spec, Instant until) {
        throw new DatabaseException("Nobody retires what is on " + server);
    }

    @Override
    public void discard(String server, DatabaseSpec spec, String mark) {
        throw new DatabaseException("Nobody discards what is on " + server);
    }
}
