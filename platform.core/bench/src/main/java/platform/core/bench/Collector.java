package platform.core.bench;

import java.util.Locale;

/** A garbage collector. */
enum Collector {
    G1("-XX:+UseG1GC"),
    SERIAL("-XX:+UseSerialGC");

    private final String flag;

    Collector(String flag) {
        this.flag = flag;
    }

    String flag() {
        return flag;
    }

    /** As in {@code 25-serial}. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
