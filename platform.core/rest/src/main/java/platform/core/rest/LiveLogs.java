package platform.core.rest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.core.api.InstanceId;
import platform.core.api.InstanceInfo;
import platform.core.api.Instances;
import platform.core.api.Platform;
import platform.core.api.PlatformException;

/**
 * The lines that instances log, out of the logs of their apps: time, level, instance, thread and text. A line that begins with a blank goes on with the
 * record before it. A log is read only while somebody wants a line of it.
 */
final class LiveLogs {

    private static final Logger LOG = LoggerFactory.getLogger(LiveLogs.class);
    private static final int INSTANCE = 2;

    private final Parts parts;
    /** By app. */
    private final Map<String, LogTail> tails = new HashMap<>();
    /** Whose record the last line of an app's log belongs to. */
    private final Map<String, String> last = new HashMap<>();

    LiveLogs(Parts parts) {
        this.parts = parts;
    }

    /**
     * Begins to read the log that an instance writes to.
     *
     * @throws PlatformException NOT_FOUND when there is no such instance; FAILED when its log cannot be read
     */
    void open(String instance) {
        String app = app(instance);
        if (tails.containsKey(app)) {
            return;
        }
        Path log =
                parts.need(Platform.class).data().resolve("logs").resolve(app).resolve(app + ".log");
        try {
            tails.put(app, new LogTail(log));
        } catch (IOException e) {
            throw PlatformException.failed(
                    "The log of " + instance + " cannot be read. Look whether its app has written one yet.", e);
        }
    }

    private String app(String instance) {
        return parts.need(Instances.class)
                .find(InstanceId.parse(instance))
                .map(InstanceInfo::app)
                .orElseThrow(() -> PlatformException.notFound("There is no such instance."));
    }

    /** Tells those who want lines what has been logged since the last time. */
    void look(List<LiveSocket> sockets) {
        if (sockets.isEmpty() && tails.isEmpty()) {
            return;
        }
        Set<String> apps = sockets.stream()
                .flatMap(socket -> socket.subscribed().stream())
                .filter(it -> it.topic() == LiveTopic.LOG)
                .flatMap(it -> parts.need(Instances.class).find(InstanceId.parse(it.instance())).stream())
                .map(InstanceInfo::app)
                .collect(Collectors.toSet());
        tails.entrySet().removeIf(it -> !apps.contains(it.getKey()) && close(it.getValue()));
        last.keySet().retainAll(apps);
        tails.forEach((app, tail) -> tell(app, tail, sockets));
    }

    private static boolean close(LogTail tail) {
        try {
            tail.close();
        } catch (IOException e) {
            LOG.debug("A log was not closed", e);
        }
        return true;
    }

    private void tell(String app, LogTail tail, List<LiveSocket> sockets) {
        try {
            for (String line : tail.read()) {
                String instance = line.startsWith(" ") ? last.getOrDefault(app, "") : instanceOf(line);
                last.put(app, instance);
                tell(new LiveSubscription(LiveTopic.LOG, instance), line, sockets);
            }
        } catch (IOException e) {
            LOG.warn("The log of {} cannot be read at present: {}", app, e.getMessage());
        }
    }

    private static String instanceOf(String line) {
        String[] parts = line.split(" +", INSTANCE + 2);
        return parts.length > INSTANCE ? parts[INSTANCE] : "";
    }

    private static void tell(LiveSubscription from, String line, List<LiveSocket> sockets) {
        sockets.stream()
                .filter(socket -> socket.subscribed().contains(from))
                .forEach(socket ->
                        socket.send(LiveMessage.line(from.text(), line).text()));
    }
}
