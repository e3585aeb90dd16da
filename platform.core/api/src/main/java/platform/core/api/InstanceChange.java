package platform.core.api;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What shall change about an instance; what is empty stays as it is.
 *
 * @param path a new path on the webserver
 * @param keepOldPath how long the old path shall redirect to the new one; only with a new path
 * @param dropOldPaths whether former paths that still redirect shall cease to
 * @param host a new host name for it alone; an empty one gives it up
 * @param password a new instance password
 * @param settings settings to set; an empty value removes the setting
 * @param trace other trace flags, all of them
 */
public record InstanceChange(
        Optional<String> path,
        Optional<Duration> keepOldPath,
        boolean dropOldPaths,
        Optional<String> host,
        Optional<String> password,
        Map<String, String> settings,
        Optional<Set<TraceFlag>> trace) {

    /** Nothing. */
    public static final InstanceChange NONE = new InstanceChange(
            Optional.empty(), Optional.empty(), false, Optional.empty(), Optional.empty(), Map.of(), Optional.empty());

    public InstanceChange {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(keepOldPath, "keepOldPath");
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(password, "password");
        trace = trace.map(TraceFlag::copyOf);
        settings = Map.copyOf(settings);
    }

    public InstanceChange withPath(String newPath) {
        return new InstanceChange(Optional.of(newPath), keepOldPath, dropOldPaths, host, password, settings, trace);
    }

    /** @param time how long the old path redirects */
    public InstanceChange withOldPathKept(Duration time) {
        return new InstanceChange(path, Optional.of(time), dropOldPaths, host, password, settings, trace);
    }

    public InstanceChange withOldPathsDropped() {
        return new InstanceChange(path, keepOldPath, true, host, password, settings, trace);
    }

    public InstanceChange withHost(String newHost) {
        return new InstanceChange(path, keepOldPath, dropOldPaths, Optional.of(newHost), password, settings, trace);
    }

    public InstanceChange withPassword(String newPassword) {
        return new InstanceChange(path, keepOldPath, dropOldPaths, host, Optional.of(newPassword), settings, trace);
    }

    public InstanceChange withSettings(Map<String, String> newSettings) {
        return new InstanceChange(path, keepOldPath, dropOldPaths, host, password, newSettings, trace);
    }

    public InstanceChange withTrace(Set<TraceFlag> newTrace) {
        return new InstanceChange(path, keepOldPath, dropOldPaths, host, password, settings, Optional.of(newTrace));
    }

    @Override
    public String toString() {
        return "InstanceChange[path=" + path + ", host=" + host + ", settings=" + settings.keySet() + "]";
    }
}
