package platform.core.manager;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The passwords that an instance accepts at present. */
final class Passwords implements Predicate<String> {

    private final Clock clock;
    private volatile InstanceRecord record;

    Passwords(InstanceRecord record, Clock clock) {
        this.record = record;
        this.clock = clock;
    }

    void follow(InstanceRecord changed) {
        record = changed;
    }

    /** The former one, while its time lasts. */
    Optional<FormerPassword> former() {
        return record.asOf(clock.instant()).formerPassword();
    }

    /** The password, and the former one while its time lasts. */
    List<String> accepted() {
        InstanceRecord now = record.asOf(clock.instant());
        return now.formerPassword()
                .map(former -> List.of(now.password(), former.password()))
                .orElseGet(() -> List.of(now.password()));
    }

    /** How long it takes says nothing of how much is right. */
    @Override
    public boolean test(String text) {
        byte[] given = text.getBytes(StandardCharsets.UTF_8);
        boolean accepted = false;
        for (String password : accepted()) {
            accepted |= MessageDigest.isEqual(given, password.getBytes(StandardCharsets.UTF_8));
        }
        return accepted;
    }
}
