package platform.core.manager;

import java.util.Locale;

/** How far the making or the removal of an instance has come. */
enum Phase {
    CREATING,
    READY,
    DELETING;

    String column() {
        return name().toLowerCase(Locale.ROOT);
    }
}
