package platform.core.shell;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hangs up on clients beyond what is allowed: strangers must not take all that there is. */
final class SshLimits implements SessionListener {

    private static final Logger log = LoggerFactory.getLogger(SshLimits.class);

    private final int most;
    private final int mostStrangers;
    private final Set<Session> all = ConcurrentHashMap.newKeySet();
    private final Set<Session> strangers = ConcurrentHashMap.newKeySet();

    /**
     * Limits of the number of connections.
     *
     * @param mostStrangers how many of them may not have logged in yet; half of that from one address
     */
    SshLimits(int most, int mostStrangers) {
        this.most = most;
        this.mostStrangers = mostStrangers;
    }

    @Override
    public void sessionCreated(Session session) {
        InetAddress address = address(session);
        long ofAddress = strangers.stream()
                .filter(other -> address(other).equals(address))
                .count();
        if (all.size() >= most || strangers.size() >= mostStrangers || ofAddress >= Math.max(1, mostStrangers / 2)) {
            log.debug("Too many connections: {} is hung up on.", address);
            session.getIoSession().close(true);
            return;
        }
        all.add(session);
        strangers.add(session);
    }

    private static InetAddress address(Session session) {
        return ((InetSocketAddress) session.getIoSession().getRemoteAddress()).getAddress();
    }

    @Override
    public void sessionEvent(Session session, Event event) {
        if (event == Event.Authenticated) {
            strangers.remove(session);
        }
    }

    @Override
    public void sessionClosed(Session session) {
        all.remove(session);
        strangers.remove(session);
    }
}
