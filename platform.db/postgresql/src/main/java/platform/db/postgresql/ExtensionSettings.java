package platform.db.postgresql;

import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The extensions beyond the trusted ones that the platform creates for instances; read each time that it matters. */
final class ExtensionSettings {

    /** The setting, as a message names it. */
    static final String NAME = "extensions in etc/platform.db.postgresql.cfg";

    private ExtensionSettings() {}

    /** The names that are allowed now. */
    static Set<String> now(Path data) {
        String names = ListenSettings.read(data).getProperty("extensions", "");
        return Stream.of(names.split("[,\\s]+"))
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }
}
