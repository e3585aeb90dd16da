package platform.core.appsocket;

import java.util.LinkedHashMap;
import java.util.Map;

/** Forgets what was not used for longest when it is full. */
final class BoundedMap<K, V> extends LinkedHashMap<K, V> {

    static final int ENTRIES = 10_000;

    private static final long serialVersionUID = 1L;

    BoundedMap() {
        super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > ENTRIES;
    }
}
