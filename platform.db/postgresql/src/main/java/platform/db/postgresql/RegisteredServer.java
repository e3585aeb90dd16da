package platform.db.postgresql;

import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.db.api.DatabaseException;

/** A server that may be away: whether it is, is looked at from time to time, so that nobody has to wait to find out. */
final class RegisteredServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RegisteredServer.class);

    private final ServerSettings settings;
    private final Function<ServerSettings, ExternalServer> login;
    private final Function<Server, ServedServer> service;
    private Optional<ExternalServer> server = Optional.empty();
    private volatile Optional<ServedServer> served = Optional.empty();
    private volatile String problem = "it was not tried yet";
    private boolean closed;

    /**
     * @param service begins to work on the server once it has answered
     */
    RegisteredServer(
            ServerSettings settings,
            Function<ServerSettings, ExternalServer> login,
            Function<Server, ServedServer> service) {
        this.settings = settings;
        this.login = login;
        this.service = service;
    }

    ServerSettings settings() {
        return settings;
    }

    /** Why it is away; empty when it is not. */
    String problem() {
        return problem;
    }

    Optional<ServedServer> present() {
        return problem.isEmpty() ? served : Optional.empty();
    }

    /** What cannot be had now is tried again by the next look. */
    synchronized void look() {
        if (closed) {
            return;
        }
        try {
            if (server.isEmpty()) {
                server = Optional.of(login.apply(settings));
            }
            server.get().look();
            if (served.isEmpty()) {
                served = Optional.of(service.apply(server.get()));
            }
            note("");
        } catch (DatabaseException e) {
            note(e.getMessage());
        }
    }

    private void note(String now) {
        if (!now.equals(problem)) {
            if (now.isEmpty()) {
                LOG.info("The database server '{}' at {} can be used", settings.name(), settings.endpoint());
            } else {
                LOG.error("The database server '{}' cannot be used; that is tried on: {}", settings.name(), now);
            }
        }
        problem = now;
    }

    @Override
    public synchronized void close() {
        closed = true;
        served.ifPresent(ServedServer::close);
    }
}
