package platform.core.rest;

import java.util.Optional;
import platform.core.api.PlatformException;

/** Keeps what it is told, but for what is too short. */
final class FakeManagerSocket {

    Optional<String> password = Optional.empty();

    boolean isOn() {
        return password.isPresent();
    }

    String setPassword(Optional<String> chosen) {
        if (chosen.filter(it -> it.length() < 12).isPresent()) {
            throw PlatformException.invalid("A password has 12 to 256 characters.");
        }
        password = chosen.or(() -> Optional.of("made-up"));
        return password.get();
    }

    boolean turnOff() {
        boolean wasOn = isOn();
        password = Optional.empty();
        return wasOn;
    }
}
