package platform.core.shell;

import java.util.Optional;
import platform.db.api.DatabaseException;
import platform.db.api.ServerRegistration;
import platform.db.api.ServerRegistry;

/** Takes servers whose password is sesame, and forgets none but pg1. */
final class FakeRegistry implements ServerRegistry {

    ServerRegistration put;

    @Override
    public void put(ServerRegistration server) {
        if (!server.password().equals(Optional.of("sesame"))) {
            throw new DatabaseException("Cannot log in to the database server '" + server.name() + "'");
        }
        put = server;
    }

    @Override
    public void remove(String name) {
        if (!name.equals("pg1")) {
            throw new DatabaseException("There is no database server '" + name + "'");
        }
    }
}
