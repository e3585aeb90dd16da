package platform.core.rest;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks from time to time at what anybody has subscribed to, and tells what has changed. It keeps one picture of each topic, however
 * many clients there are, and none of what nobody wants. Used by one thread only.
 */
final class LiveHub {

    static final int PER_USER = 8;

    private static final Logger LOG = LoggerFactory.getLogger(LiveHub.class);

    private final Parts parts;
    private final Tasks tasks;
    private final LiveLogs logs;
    private final Set<LiveSocket> sockets = new HashSet<>();
    private final Map<LiveTopic, Map<String, LiveItem>> pictures = new EnumMap<>(LiveTopic.class);

    LiveHub(Parts parts, Tasks tasks) {
        this.parts = parts;
        this.tasks = tasks;
        this.logs = new LiveLogs(parts);
    }

    /** @return false when its user has too many */
    boolean add(LiveSocket socket) {
        long others =
                sockets.stream().filter(it -> it.owner().equals(socket.owner())).count();
        return others < PER_USER && sockets.add(socket);
    }

    void remove(LiveSocket socket) {
        sockets.remove(socket);
    }

    /** What there is to begin with; what changes from now on is told. */
    Collection<LiveItem> current(LiveSubscription wanted) {
        if (wanted.topic() == LiveTopic.LOG) {
            logs.open(wanted.instance());
            return List.of();
        }
        refresh(wanted.topic());
        return pictures.get(wanted.topic()).values();
    }

    void look() {
        Instant now = Instant.now();
        List.copyOf(sockets).forEach(it -> it.renew(now));
        for (LiveTopic topic : LiveTopic.values()) {
            if (wanting(topic).isEmpty()) {
                pictures.remove(topic);
            } else {
                tellChanges(topic);
            }
        }
        logs.look(wanting(LiveTopic.LOG));
    }

    private List<LiveSocket> wanting(LiveTopic topic) {
        return sockets.stream()
                .filter(socket -> socket.subscribed().stream().anyMatch(it -> it.topic() == topic))
                .toList();
    }

    /** A part of the platform that is away for a while keeps nobody from the other topics. */
    private void tellChanges(LiveTopic topic) {
        try {
            refresh(topic);
        } catch (RuntimeException e) {
            LOG.warn("The live topic {} stands still: {}", topic, e.getMessage());
            LOG.debug("The live topic {} stands still", topic, e);
        }
    }

    private void refresh(LiveTopic topic) {
        Map<String, LiveItem> picture = new LinkedHashMap<>();
        topic.items(parts, tasks).forEach(item -> picture.put(item.id(), item));
        Map<String, LiveItem> former = pictures.put(topic, picture);
        if (former == null) {
            return;
        }
        picture.forEach((id, item) -> {
            LiveItem before = former.remove(id);
            if (before == null || !before.value().equals(item.value())) {
                tell(topic, item, LiveMessage.value(topic, item));
            }
        });
        new ArrayList<>(former.values()).forEach(gone -> tell(topic, gone, LiveMessage.removed(topic, gone)));
    }

    private void tell(LiveTopic topic, LiveItem item, LiveMessage message) {
        List<LiveSocket> wanting = wanting(topic);
        if (!wanting.isEmpty()) {
            String text = message.text();
            wanting.forEach(socket -> socket.tell(item, text));
        }
    }
}
