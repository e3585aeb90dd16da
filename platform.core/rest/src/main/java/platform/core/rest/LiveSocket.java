package platform.core.rest;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.core.api.Audit;
import platform.core.api.AuditEvent;
import platform.core.api.Caller;
import platform.core.api.PlatformException;
import platform.webserver.api.WebSocketListener;
import platform.webserver.api.WebSocketSession;
import platform.webserver.api.WebSocketSession.SendResult;

/** A client of the live socket. All that happens to it happens on the hub's thread, so it needs no lock. */
final class LiveSocket implements WebSocketListener {

    static final int LONGEST = 16 * 1024;
    static final int TOPICS = 100;
    static final int ERRORS = 20;

    private static final Logger LOG = LoggerFactory.getLogger(LiveSocket.class);
    private static final int UNSUPPORTED = 1003;
    private static final int MALFORMED = 1007;
    private static final int VIOLATION = 1008;
    private static final int TOO_LARGE = 1009;
    private static final int TRY_LATER = 1013;

    private final LiveHub hub;
    private final Parts parts;
    private final WebSocketSession session;
    private final LiveUser user;
    private final Set<LiveSubscription> subscribed = new LinkedHashSet<>();
    private Caller caller;
    private long lost;
    private int errors;

    LiveSocket(LiveHub hub, Parts parts, WebSocketSession session) {
        this.hub = hub;
        this.parts = parts;
        this.session = session;
        this.user = (LiveUser) session.upgrade().principal().orElseThrow();
        this.caller = user.caller();
    }

    String owner() {
        return user.owner();
    }

    Set<LiveSubscription> subscribed() {
        return subscribed;
    }

    @Override
    public void onOpen(WebSocketSession opened) {
        if (!hub.add(this)) {
            opened.close(TRY_LATER, "You have " + LiveHub.PER_USER + " live sockets already: close one");
        }
    }

    @Override
    public void onClose(WebSocketSession closed, int code, String reason) {
        hub.remove(this);
    }

    @Override
    public void onBinary(WebSocketSession from, ByteBuffer message) {
        session.close(UNSUPPORTED, "Messages are JSON text");
    }

    @Override
    public void onText(WebSocketSession from, String text) {
        if (text.length() > LONGEST) {
            session.close(TOO_LARGE, "A message has at most " + LONGEST + " characters");
            return;
        }
        Optional<LiveMessage.Request> request = LiveMessage.Request.read(text);
        if (request.isEmpty()) {
            session.close(MALFORMED, "A message is {\"subscribe\":[…],\"unsubscribe\":[…]}");
        } else if (renew(Instant.now())) {
            request.get()
                    .unsubscribe()
                    .forEach(topic -> subscribed.removeIf(it -> it.text().equals(topic)));
            request.get().subscribe().forEach(this::subscribe);
        }
    }

    /** Whether he may stay; what he may see no more is left out from now on. */
    boolean renew(Instant now) {
        Optional<Caller> renewed = user.now(parts, now);
        if (renewed.isEmpty()) {
            session.close(VIOLATION, "Your login has ended: log in again");
            return false;
        }
        caller = renewed.get();
        subscribed.removeIf(it -> it.refusal(caller).isPresent());
        tellLost();
        return true;
    }

    private void subscribe(String text) {
        Optional<LiveSubscription> wanted = LiveSubscription.parse(text);
        if (wanted.isEmpty()) {
            refuse(text, "There is no such topic. There are " + LiveSubscription.TOPICS + ".");
            return;
        }
        Optional<String> refusal = wanted.get().refusal(caller);
        if (refusal.isPresent()) {
            note(text, refusal.get());
            refuse(text, "live:subscribe: " + refusal.get() + ". Ask an administrator of the platform.");
        } else if (subscribed.size() >= TOPICS) {
            refuse(text, "You have " + TOPICS + " topics already. Unsubscribe from one.");
        } else if (subscribed.add(wanted.get())) {
            begin(wanted.get());
        }
    }

    private void begin(LiveSubscription wanted) {
        try {
            hub.current(wanted)
                    .forEach(item ->
                            tell(item, LiveMessage.value(wanted.topic(), item).text()));
            send(LiveMessage.complete(wanted.text()).text());
        } catch (PlatformException e) {
            subscribed.remove(wanted);
            refuse(wanted.text(), e.getMessage());
        }
    }

    private void note(String topic, String reason) {
        try {
            parts.need(Audit.class).refuse(new AuditEvent(caller, "live:subscribe", topic, ""), reason);
        } catch (PlatformException e) {
            LOG.error("That {} was refused {} is not noted", caller.user(), topic, e);
        }
    }

    private void refuse(String topic, String reason) {
        send(LiveMessage.error(topic, reason).text());
        errors++;
        if (errors == ERRORS) {
            session.close(VIOLATION, "Too much of what you asked for was refused");
        }
    }

    /** Tells of something that the client has subscribed to, if he may know of it. */
    void tell(LiveItem item, String text) {
        if (item.seenBy().test(caller)) {
            send(text);
        }
    }

    /** What a client that is too slow does not get is counted, not kept. */
    void send(String text) {
        tellLost();
        if (lost > 0 || session.send(text) == SendResult.REFUSED) {
            lost++;
        }
    }

    private void tellLost() {
        if (lost > 0 && session.send(LiveMessage.lost(lost).text()) != SendResult.REFUSED) {
            lost = 0;
        }
    }
}
