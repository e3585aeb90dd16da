package app.files;

import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The uploads in progress: what else is unfinished in the database was abandoned. Any thread may call it. */
final class Uploads {

    private final Store store;
    private final Set<Long> active = new HashSet<>();

    Uploads(Store store) {
        this.store = store;
    }

    /** A new content to fill. */
    synchronized long begin() throws SQLException {
        long content = store.run(tx -> tx.contents.begin());
        active.add(content);
        return content;
    }

    /** Nothing more comes; what is not finished by now never will be. */
    synchronized void end(long content) {
        active.remove(content);
    }

    synchronized void discardAbandoned() throws SQLException {
        List<Long> abandoned = store.run(tx -> tx.contents.unfinished()).stream()
                .filter(content -> !active.contains(content))
                .toList();
        if (!abandoned.isEmpty()) {
            store.run(tx -> tx.contents.discardUnfinished(abandoned));
        }
    }
}
