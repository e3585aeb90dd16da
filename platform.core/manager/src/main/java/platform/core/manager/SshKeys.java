package platform.core.manager;

import java.time.Clock;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import platform.core.api.UserKey;
import platform.core.api.UserKeys;

/** What administrators do with the users' SSH keys. */
@Component
public final class SshKeys implements UserKeys {

    private final UserBook book;
    private final Clock clock;

    @Activate
    public SshKeys(@Reference UserBook book) {
        this(book, Clock.systemUTC());
    }

    SshKeys(UserBook book, Clock clock) {
        this.book = book;
        this.clock = clock;
    }

    @Override
    public List<UserKey> list() {
        return book.keys();
    }

    @Override
    public UserKey add(String user, String line) {
        PublicKeyLine key = PublicKeyLine.parse(line);
        UserKey added = new UserKey(book.require(user).name(), key.text(), key.fingerprint(), clock.instant());
        book.add(added);
        return added;
    }

    @Override
    public void remove(String user, String fingerprint) {
        book.removeKey(user, fingerprint);
    }
}
