package platform.core.shell;

import java.util.Optional;
import platform.core.api.ManagerSocket;

/** Keeps what it is told. */
final class FakeManagerSocket implements ManagerSocket {

    Optional<String> password = Optional.empty();

    @Override
    public boolean isOn() {
        return password.isPresent();
    }

    @Override
    public String setPassword(Optional<String> chosen) {
        password = chosen.or(() -> Optional.of("made-up"));
        return password.get();
    }

    @Override
    public boolean turnOff() {
        boolean wasOn = isOn();
        password = Optional.empty();
        return wasOn;
    }
}
