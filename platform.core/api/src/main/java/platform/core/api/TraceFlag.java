package platform.core.api;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What of an instance is logged in detail, whatever the general level. Names, order and so the bits are those of the original
 * platform.
 */
public enum TraceFlag {
    APP("App", "the app's own lines"),
    DATABASE("Database", "connections to the database: lent, and given back after how long"),
    DB_FILES("DB files"),
    DNS("DNS"),
    ETHERNET("Ethernet"),
    FILE("File"),
    FILES("Files"),
    HTTP_CLIENT("HTTP client"),
    HTTP_FILE("HTTP file", "each request for a static file of the app"),
    PROCESS("Process"),
    TLS("TLS"),
    TCP("TCP"),
    LDS("LDS"),
    WEBSERVER_TRAFFIC("Webserver traffic", "each request: method, path, status, milliseconds"),
    WEBSOCKET_CLIENT("WebSocket client"),
    APP_WEBSOCKET("App WebSocket", "sockets with a login: opened, logged in, closed with which code"),
    WEBDAV_SERVICE("WebDAV service", "each WebDAV request"),
    COMMAND("Command"),
    CONFIG("Config", "changed settings that the app is given, by name"),
    TIME("Time"),
    SMTP("SMTP"),
    UDP("UDP"),
    DTLS("DTLS"),
    MEDIA("Media"),
    MEDIA_CHANNEL("Media channel"),
    ICE("ICE"),
    TURN("TURN"),
    APPSHARING("AppSharing"),
    AUDIO("Audio"),
    VIDEO("Video"),
    BROWSER("Browser"),
    APPPROXY("AppProxy"),
    ALARM_CLIENT("Alarm client", "alarms that the app raises and clears"),
    WEBSERVER("Webserver", "paths that the app registers and gives up, WebSockets opened and closed");

    /** Those of a new instance. */
    public static final Set<TraceFlag> DEFAULT = copyOf(EnumSet.of(APP, APP_WEBSOCKET));

    private final String title;
    private final String logs;

    /** What it logs is up to the app. */
    TraceFlag(String title) {
        this(title, "");
    }

    TraceFlag(String title, String logs) {
        this.title = title;
        this.logs = logs;
    }

    /** As the original shows it: {@code App WebSocket}. */
    public String title() {
        return title;
    }

    /** As an administrator types it: {@code app-websocket}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What the platform logs because of it; empty when it logs nothing. */
    public String logs() {
        return logs;
    }

    /** The logger that belongs to it, for the platform and for apps: {@code trace.app-websocket}. */
    public String logger() {
        return "trace." + word();
    }

    /** Whether only the original's native clients have what it is about: it is kept, and does nothing. */
    public boolean isNative() {
        return compareTo(DTLS) >= 0 && compareTo(APPPROXY) <= 0;
    }

    public long bit() {
        return 1L << ordinal();
    }

    /** The sum of their bits. */
    public static long bits(Collection<TraceFlag> flags) {
        return flags.stream().mapToLong(TraceFlag::bit).reduce(0, (a, b) -> a | b);
    }

    /**
     * @throws PlatformException INVALID when a bit is no flag's
     */
    public static Set<TraceFlag> ofBits(long bits) {
        EnumSet<TraceFlag> flags = EnumSet.allOf(TraceFlag.class);
        flags.removeIf(flag -> (bits & flag.bit()) == 0);
        if (bits(flags) != bits) {
            throw PlatformException.invalid(
                    "The trace flags " + bits + " have bits that are no flag's. Their sum is at most "
                            + bits(EnumSet.allOf(TraceFlag.class)) + "; instance:trace INSTANCE shows the flags.");
        }
        return Collections.unmodifiableSet(flags);
    }

    /** The same, unmodifiable and in their order. */
    public static Set<TraceFlag> copyOf(Collection<TraceFlag> flags) {
        return ofBits(bits(flags));
    }

    /**
     * @param word as {@link #word} and {@link #title} say it, in any case
     * @throws PlatformException INVALID when there is no such flag
     */
    public static TraceFlag parse(String word) {
        String asked = word.strip().toLowerCase(Locale.ROOT).replace(' ', '-');
        return find(asked)
                .orElseThrow(() -> PlatformException.invalid("There is no trace flag " + InstanceId.quoted(word)
                        + ". Use of "
                        + String.join(
                                ", ",
                                Arrays.stream(values()).map(TraceFlag::word).toList()) + "."));
    }

    /** As {@link #word} says them. */
    public static List<String> words(Collection<TraceFlag> flags) {
        return flags.stream().map(TraceFlag::word).toList();
    }

    /**
     * What words make of flags: {@code +flag} and {@code -flag} change single ones; any other word begins anew, also
     * {@code default} and {@code none}.
     *
     * @throws PlatformException INVALID when there is no such flag
     */
    public static Set<TraceFlag> apply(Set<TraceFlag> present, Collection<String> words) {
        boolean anew = words.stream().anyMatch(word -> !word.startsWith("+") && !word.startsWith("-"));
        Set<TraceFlag> flags = EnumSet.noneOf(TraceFlag.class);
        if (!anew) {
            flags.addAll(present);
        }
        words.forEach(word -> apply(flags, word));
        return copyOf(flags);
    }

    private static void apply(Set<TraceFlag> flags, String word) {
        if (word.equals("default")) {
            flags.addAll(DEFAULT);
        } else if (word.startsWith("-")) {
            flags.remove(parse(word.substring(1)));
        } else if (!word.equals("none")) {
            flags.add(parse(word.startsWith("+") ? word.substring(1) : word));
        }
    }

    private static Optional<TraceFlag> find(String asked) {
        return Arrays.stream(values()).filter(flag -> flag.word().equals(asked)).findFirst();
    }
}
