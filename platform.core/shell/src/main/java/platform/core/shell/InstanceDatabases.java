package platform.core.shell;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import platform.core.api.InstanceId;
import platform.core.api.InstanceInfo;
import platform.core.api.Instances;
import platform.core.api.PlatformException;
import platform.db.api.DatabaseException;

/** Which database is whose: users name instances, the server knows databases. */
final class InstanceDatabases {

    private final Instances instances;

    InstanceDatabases(Instances instances) {
        this.instances = instances;
    }

    /** The names of all instances, for completion. */
    static List<String> names(Optional<Instances> instances) {
        return instances.stream()
                .flatMap(i -> i.list().stream())
                .map(info -> info.id().toString())
                .toList();
    }

    /** The instance of this name. */
    InstanceInfo instance(String name) {
        InstanceId id = InstanceId.parse(name);
        return instances
                .find(id)
                .orElseThrow(() -> PlatformException.notFound("There is no instance " + id + ". See instance:list."));
    }

    /** The instances of these names, or all; exactly one of both must be asked for. */
    List<InstanceInfo> chosen(String command, List<String> names, boolean all) {
        if (all == (names != null && !names.isEmpty())) {
            throw new UsageException(command + ": Give the names of instances, or --all. Try " + command + " --help");
        }
        return all ? instances.list() : names.stream().map(this::instance).toList();
    }

    /** The instances by their databases. */
    Map<String, InstanceId> byDatabase() {
        Map<String, InstanceId> found = new TreeMap<>();
        instances.list().forEach(info -> found.put(info.database(), info.id()));
        return found;
    }

    /** Work of the database's, whose exceptions are told as they are. */
    static <T> T told(Supplier<T> work) {
        try {
            return work.get();
        } catch (DatabaseException e) {
            throw PlatformException.failed(e.getMessage() + ".", e);
        }
    }
}
