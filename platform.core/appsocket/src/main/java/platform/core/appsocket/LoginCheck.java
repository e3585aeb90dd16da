package platform.core.appsocket;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.core.api.AppLogin;

/**
 * Judges the logins of one app socket. Whatever is wrong with one, be it the password, the app, or that it says nothing
 * definite, the answer is the same.
 */
final class LoginCheck {

    private static final Logger LOG = LoggerFactory.getLogger(LoginCheck.class);
    private static final int SHOWN = 80;
    /** Each keeps its message, so this bounds the memory. */
    static final int WAITING = 200;

    private final AppSocketHost host;
    private final LoginDelay delay;
    private final Predicate<AppLogin> known;
    private final AtomicInteger waiting = new AtomicInteger();

    /** @param known whether there is what somebody wants to log in to */
    LoginCheck(AppSocketHost host, LoginDelay delay, Predicate<AppLogin> known) {
        this.host = host;
        this.delay = delay;
        this.known = known;
    }

    /** How long to wait before an attempt from there is judged; empty when it is refused unseen. */
    Optional<Duration> reserve(Optional<InetAddress> from) {
        Optional<Duration> wait = delay.reserve(from);
        if (wait.isEmpty()) {
            LOG.debug("{} App login from {} refused: too many wrong ones before it", host.id(), shown(from));
        }
        return wait;
    }

    /** An attempt is to wait. @return false when too many do: then it is refused unseen */
    boolean enqueue() {
        if (waiting.incrementAndGet() <= WAITING) {
            return true;
        }
        dequeue();
        LOG.debug("{} App login refused: too many wait", host.id());
        return false;
    }

    /** An attempt has waited. */
    void dequeue() {
        waiting.decrementAndGet();
    }

    /** @return the password that it was made with; empty when it is wrong, which has been logged and counted */
    Optional<String> login(LoginRequest request, Optional<InetAddress> from) {
        Optional<String> password = judge(request, from);
        if (password.isPresent()) {
            delay.succeeded(from);
        }
        return password;
    }

    /** The same for a request that only asks whether the password is right. */
    boolean verifies(LoginRequest request, Optional<InetAddress> from) {
        return judge(request, from).isPresent();
    }

    /** A login that cannot be right, and so has no digest to judge. */
    void failed(Optional<InetAddress> from) {
        delay.failed(from);
        LOG.warn("{} Wrong app login from {}", host.id(), shown(from));
    }

    private Optional<String> judge(LoginRequest request, Optional<InetAddress> from) {
        Optional<String> password = matching(request);
        if (password.isPresent() && !request.isAmbiguous() && known.test(request.login())) {
            return password;
        }
        delay.failed(from);
        LOG.warn(
                "{} Wrong app login from {} as '{}' to '{}'",
                host.id(),
                shown(from),
                shown(request.login().sip()),
                shown(request.login().app()));
        return Optional.empty();
    }

    private Optional<String> matching(LoginRequest request) {
        // All are tried, so that the time tells nothing.
        return host.passwords().get().stream().filter(request::isBy).reduce((first, second) -> first);
    }

    static String shown(Optional<InetAddress> from) {
        return from.map(InetAddress::getHostAddress).orElse("an unknown address");
    }

    static String shown(String given) {
        String some = given.length() > SHOWN ? given.substring(0, SHOWN) + "…" : given;
        return some.replaceAll("\\p{Cntrl}", "\uFFFD");
    }
}
