package platform.core.api;

import java.util.Locale;

/** Where a service runs. */
public enum Isolation {
    /** In the platform's own process, by a class loader of its own. */
    BUNDLE,
    /** In a process of its own. */
    PROCESS;

    /** As an administrator types it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
