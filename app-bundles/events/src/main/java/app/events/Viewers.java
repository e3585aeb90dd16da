package app.events;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.core.api.AppMessage;
import platform.core.api.AppSession;
import platform.core.api.AppSocketListener;

/**
 * The pages that look. {@code List} asks for events, {@code Acknowledge} says that somebody deals with one; each event that is new
 * or has changed comes to all pages as {@code Event}.
 */
final class Viewers implements AppSocketListener {

    private static final Logger LOG = LoggerFactory.getLogger(Viewers.class);
    private static final int PAGE = 100;
    /** Of the 64 KiB that a message may have; JSON needs room for its marks, and for characters that it escapes. */
    private static final int ROOM = 40_000;

    private final Store store;
    private final Clock clock;
    private final Set<AppSession> sessions = ConcurrentHashMap.newKeySet();

    Viewers(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    @Override
    public void onMessage(AppSession session, AppMessage message) {
        try {
            switch (message.mt()) {
                case "List" -> list(session, message);
                case "Acknowledge" -> acknowledge(session, message);
                default -> LOG.debug("Nobody knows {}", message.mt());
            }
        } catch (SQLException e) {
            LOG.warn("{} cannot be done now: {}", message.mt(), e.getMessage());
            session.answer(
                    message, message.mt() + "Result", Map.of("error", "The database does not answer. Try again soon."));
        }
    }

    private void list(AppSession session, AppMessage message) throws SQLException {
        sessions.add(session);
        List<Event> found = store.list(Filter.of(message.fields()), PAGE);
        List<Map<String, Object>> page = new ArrayList<>();
        int room = ROOM;
        for (Event event : found) {
            room -= size(event);
            if (room < 0) {
                break;
            }
            page.add(event.fields());
        }
        boolean isMore = page.size() < found.size() || found.size() == PAGE;
        session.answer(message, "ListResult", Map.of("events", page, "more", isMore));
    }

    private static int size(Event event) {
        String texts = event.host() + event.serial() + event.source() + event.code() + event.text() + event.details();
        return 400 + texts.getBytes(StandardCharsets.UTF_8).length;
    }

    private void acknowledge(AppSession session, AppMessage message) throws SQLException {
        String by = session.login().dn().isEmpty()
                ? session.login().sip()
                : session.login().dn();
        Optional<Event> changed = store.acknowledge(Filter.number(message.fields(), "id"), by, clock.instant());
        session.answer(message, "AcknowledgeResult", Map.of("ok", changed.isPresent()));
        changed.ifPresent(this::tell);
    }

    /** Tells all pages. */
    void tell(Event event) {
        sessions.forEach(session -> session.send("Event", Map.of("event", event.fields())));
    }

    @Override
    public void onClose(AppSession session, int code, String reason) {
        sessions.remove(session);
    }
}
