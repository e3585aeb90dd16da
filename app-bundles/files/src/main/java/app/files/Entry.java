package app.files;

import java.time.Instant;
import java.util.Optional;

/**
 * A file or a folder.
 *
 * @param id the row; 0 is the root
 * @param name its name in its folder, empty for the root
 * @param content the bytes of a file; empty for a folder
 * @param created when the entry was made
 * @param modified when its content last changed
 */
record Entry(long id, String name, Optional<Content> content, Instant created, Instant modified) {

    boolean isFolder() {
        return content.isEmpty();
    }

    long size() {
        return content.map(Content::size).orElse(0L);
    }
}
