package platform.core.manager;

import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import platform.core.api.ManagerSocket;

/** The password of the manager's socket: in memory for logins, and kept before a change holds. It never leaves this bundle. */
@Component(service = {ManagerSocket.class, SocketPassword.class})
public final class SocketPassword implements ManagerSocket {

    private final SocketTable table;
    private volatile Optional<String> current;

    @Activate
    public SocketPassword(@Reference ManagerDatabase database) {
        this(database.socket());
    }

    SocketPassword(SocketTable table) {
        this.table = table;
        this.current = table.password();
    }

    @Override
    public boolean isOn() {
        return current.isPresent();
    }

    /** The passwords that are good at present: one, or none while the socket is off. */
    List<String> accepted() {
        return current.stream().toList();
    }

    @Override
    public synchronized String setPassword(Optional<String> password) {
        String chosen = UserAccounts.checked(ManagerSession.USER, password);
        table.keep(chosen);
        current = Optional.of(chosen);
        return chosen;
    }

    @Override
    public synchronized boolean turnOff() {
        boolean wasOn = isOn();
        table.remove();
        current = Optional.empty();
        return wasOn;
    }
}
