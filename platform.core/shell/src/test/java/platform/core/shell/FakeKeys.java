package platform.core.shell;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import platform.core.api.PlatformException;
import platform.core.api.UserKey;
import platform.core.api.UserKeys;

/** Keeps what it is told; whatever is told is a key. */
final class FakeKeys implements UserKeys {

    final List<UserKey> known = new ArrayList<>();

    @Override
    public List<UserKey> list() {
        return List.copyOf(known);
    }

    @Override
    public UserKey add(String user, String line) {
        UserKey key = new UserKey(user, line, "SHA256:" + line.split(" ")[1], Instant.parse("2026-11-20T10:00:00Z"));
        known.add(key);
        return key;
    }

    @Override
    public void remove(String user, String fingerprint) {
        if (!known.removeIf(key -> key.user().equals(user) && key.fingerprint().equals(fingerprint))) {
            throw PlatformException.notFound("'" + user + "' has no key '" + fingerprint + "'.");
        }
    }
}
