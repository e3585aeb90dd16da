package platform.core.host;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.List;
import platform.core.child.InstanceSetup;

/** The passwords that an instance accepts at present. */
final class HostedPasswords {

    private final Clock clock;
    private volatile InstanceSetup setup;

    HostedPasswords(InstanceSetup setup, Clock clock) {
        this.setup = setup;
        this.clock = clock;
    }

    void follow(InstanceSetup changed) {
        setup = changed;
    }

    /** The password, and the former one while its time lasts. */
    List<String> accepted() {
        InstanceSetup now = setup;
        boolean former = now.formerPassword() != null && clock.millis() < now.formerUntil();
        return former ? List.of(now.password(), now.formerPassword()) : List.of(now.password());
    }

    /** How long it takes says nothing of how much is right. */
    boolean accept(String text) {
        byte[] given = text.getBytes(StandardCharsets.UTF_8);
        boolean accepted = false;
        for (String password : accepted()) {
            accepted |= MessageDigest.isEqual(given, password.getBytes(StandardCharsets.UTF_8));
        }
        return accepted;
    }
}
