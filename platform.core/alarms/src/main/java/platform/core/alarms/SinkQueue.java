package platform.core.alarms;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.core.api.AlarmInfo;
import platform.core.api.AlarmSeverity;

/**
 * What a sink has not been told yet, and which alarms it believes to be active. Both are in a file, so that after a kill the
 * next run tells what has changed meanwhile. Not safe for threads by itself.
 */
final class SinkQueue {

    /** When the server is away for long, the oldest are given up: what is active is told again anyway. */
    static final int MOST = 500;

    private static final Logger LOG = LoggerFactory.getLogger(SinkQueue.class);
    private static final Gson GSON = new Gson();

    private final Path file;
    private final AlarmSeverity least;
    private final List<AlarmEvent> waiting = new ArrayList<>();
    private final Map<String, AlarmEvent> told = new LinkedHashMap<>();
    private boolean isChanged;

    /** @param least how bad an alarm must be to be told */
    SinkQueue(Path file, AlarmSeverity least) {
        this.file = file;
        this.least = least;
        read();
    }

    /** The form of the file. */
    private record Content(List<AlarmEvent> waiting, List<AlarmEvent> told) {}

    private void read() {
        if (!Files.exists(file)) {
            return;
        }
        try {
            Content content = GSON.fromJson(Files.readString(file), Content.class);
            if (content == null || content.waiting() == null || content.told() == null) {
                throw new JsonParseException("it is not whole");
            }
            waiting.addAll(content.waiting());
            content.told().forEach(event -> told.put(event.id(), event));
        } catch (IOException | JsonParseException e) {
            LOG.warn(
                    "What waits in {} cannot be read and is lost; active alarms are told anew: {}", file, e.toString());
            waiting.clear();
            told.clear();
        }
    }

    /** An alarm is new or worse, or over. One that was not bad enough to be told is not told to be over, either. */
    void changed(AlarmInfo alarm) {
        AlarmEvent event = AlarmEvent.of(alarm);
        if (event.kind() == AlarmEvent.Kind.CLEARED) {
            if (told.remove(event.id()) != null) {
                add(event);
            }
        } else if (event.severity().compareTo(least) >= 0) {
            told.put(event.id(), event);
            add(event);
        }
    }

    /** Tells the active ones again, but for those that wait already. */
    void repeat(Collection<AlarmInfo> active) {
        active.stream()
                .filter(alarm -> waiting.stream().noneMatch(it -> it.id().equals(alarm.id())))
                .forEach(this::changed);
    }

    /** After a start: tells what is over that was active at the end of the last run, and what is active now. */
    void resume(Collection<AlarmInfo> active, Instant now) {
        List<String> ids = active.stream().map(AlarmInfo::id).toList();
        List<AlarmEvent> over =
                told.values().stream().filter(it -> !ids.contains(it.id())).toList();
        over.forEach(event -> {
            told.remove(event.id());
            add(event.clearedAt(now));
        });
        repeat(active);
    }

    private void add(AlarmEvent event) {
        waiting.add(event);
        isChanged = true;
        if (waiting.size() > MOST) {
            AlarmEvent lost = waiting.remove(0);
            LOG.warn("Too many alarms wait in {}: {} {} is given up", file, lost.kind(), lost.id());
        }
    }

    /** The oldest that wait. */
    List<AlarmEvent> next(int most) {
        return List.copyOf(waiting.subList(0, Math.min(most, waiting.size())));
    }

    /** These have been told, or are given up. Some of them may have been lost for want of room meanwhile. */
    void done(List<AlarmEvent> events) {
        waiting.removeIf(waits -> events.stream().anyMatch(it -> it == waits));
        isChanged = true;
    }

    int size() {
        return waiting.size();
    }

    /** What the file is to hold now; empty when it holds that already. */
    String unsaved() {
        if (!isChanged) {
            return "";
        }
        isChanged = false;
        return GSON.toJson(new Content(waiting, List.copyOf(told.values())));
    }

    boolean isChanged() {
        return isChanged;
    }

    Path file() {
        return file;
    }
}
