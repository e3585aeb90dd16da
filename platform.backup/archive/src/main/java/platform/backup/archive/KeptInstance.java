package platform.backup.archive;

import java.util.Map;

/**
 * What a backup holds of an instance besides its database.
 *
 * @param path its path on the webserver
 * @param host its own host name; empty when it had none
 * @param password its instance password; never in {@link #toString()}
 * @param settings its settings
 */
record KeptInstance(String path, String host, String password, Map<String, String> settings) {

    KeptInstance {
        settings = Map.copyOf(settings);
    }

    @Override
    public String toString() {
        return "KeptInstance[path=" + path + "]";
    }
}
