package platform.core.rest;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import platform.core.api.PlatformException;
import platform.core.api.UserKey;

/** Keys that are only remembered; anna has one. */
final class FakeUserKeys {

    static final String FINGERPRINT = "SHA256:MN76/A+R";

    private final List<UserKey> all = new ArrayList<>();

    FakeUserKeys() {
        all.add(new UserKey("anna", "ssh-ed25519 AAAA anna@laptop", FINGERPRINT, Instant.EPOCH));
    }

    List<UserKey> list() {
        return List.copyOf(all);
    }

    UserKey add(String user, String line) {
        if (!line.startsWith("ssh-")) {
            throw PlatformException.invalid("This is no public key. Send the line of the file *.pub.");
        }
        UserKey key = new UserKey(user, line, "SHA256:" + line.hashCode(), Instant.EPOCH);
        all.add(key);
        return key;
    }

    void remove(String user, String fingerprint) {
        all.removeIf(it -> it.fingerprint().equals(fingerprint));
    }
}
