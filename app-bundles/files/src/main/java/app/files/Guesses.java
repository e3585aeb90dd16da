package app.files;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Slows down who guesses passwords: after twenty wrong ones an address has one try a second. Any thread may call it.
 */
final class Guesses {

    private static final int FREE = 20;
    private static final int ADDRESSES = 10_000;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** Nobody owes more: who does has failed before the clock was set back. */
    private static final Duration MOST = PAUSE.multipliedBy(2 * FREE);

    private final Clock clock;
    /** When an address will have worked off its failures; the longest unused is forgotten. */
    private final Map<String, Instant> debts = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
            return size() > ADDRESSES;
        }
    };

    Guesses(Clock clock) {
        this.clock = clock;
    }

    synchronized boolean mayTry(String address) {
        Instant now = clock.instant();
        return Duration.between(now, debt(address, now)).compareTo(PAUSE.multipliedBy(FREE)) < 0;
    }

    synchronized void failed(String address) {
        Instant now = clock.instant();
        Instant more = debt(address, now).plus(PAUSE);
        debts.put(address, more.isAfter(now.plus(MOST)) ? now.plus(MOST) : more);
    }

    /** When it is worked off: now, if there is none. */
    private Instant debt(String address, Instant now) {
        Instant debt = debts.getOrDefault(address, now);
        return debt.isBefore(now) || debt.isAfter(now.plus(MOST)) ? now : debt;
    }
}
