package platform.core.api;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What a new instance shall be. What is left empty gets its default.
 *
 * @param id its key
 * @param app the service that it is an instance of
 * @param path its path on the webserver; default {@code /<domain>/<name>}
 * @param host a host name for it alone; default: none, it is reached by its path on every other host
 * @param database the name of its database and role; default {@code <domain>_<name>}
 * @param password the instance password; default: a generated one
 * @param settings handed to the app as they are
 * @param server the database server that it is placed on; default: the default one
 * @param trace what of it is logged in detail
 * @param limits its own limits, as {@link QuotaChange} has them; the others are the platform's defaults
 */
public record InstanceSpec(
        InstanceId id,
        String app,
        Optional<String> path,
        Optional<String> host,
        Optional<String> database,
        Optional<String> password,
        Map<String, String> settings,
        Optional<String> server,
        Set<TraceFlag> trace,
        Map<QuotaKind, Optional<Long>> limits) {

    public InstanceSpec {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(app, "app");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(database, "database");
        Objects.requireNonNull(password, "password");
        Objects.requireNonNull(server, "server");
        settings = Map.copyOf(settings);
        trace = TraceFlag.copyOf(trace);
        limits = Map.copyOf(limits);
    }

    /** An instance with the default limits. */
    public InstanceSpec(
            InstanceId id,
            String app,
            Optional<String> path,
            Optional<String> host,
            Optional<String> database,
            Optional<String> password,
            Map<String, String> settings,
            Optional<String> server,
            Set<TraceFlag> trace) {
        this(id, app, path, host, database, password, settings, server, trace, Map.of());
    }

    /** An instance with the default trace flags. */
    public InstanceSpec(
            InstanceId id,
            String app,
            Optional<String> path,
            Optional<String> host,
            Optional<String> database,
            Optional<String> password,
            Map<String, String> settings,
            Optional<String> server) {
        this(id, app, path, host, database, password, settings, server, TraceFlag.DEFAULT);
    }

    /** An instance on the default database server. */
    public InstanceSpec(
            InstanceId id,
            String app,
            Optional<String> path,
            Optional<String> host,
            Optional<String> database,
            Optional<String> password,
            Map<String, String> settings) {
        this(id, app, path, host, database, password, settings, Optional.empty());
    }

    /** An instance with all defaults. */
    public static InstanceSpec of(InstanceId id, String app) {
        return new InstanceSpec(
                id, app, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Map.of());
    }

    /** The same with other trace flags. */
    public InstanceSpec withTrace(Set<TraceFlag> flags) {
        return new InstanceSpec(id, app, path, host, database, password, settings, server, flags, limits);
    }

    @Override
    public String toString() {
        return "InstanceSpec[" + id + ", app=" + app + "]";
    }
}
