package app.files;

import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The contents and their chunks, in one transaction. */
final class Contents {

    /** A chunk that is lost in a crash belongs to an unfinished upload: it need not wait for the disk. */
    private static final String NO_WAIT = "FROM set_config('synchronous_commit', 'off', true)";

    private final Sql sql;

    Contents(Sql sql) {
        this.sql = sql;
    }

    /** A new content that is still being uploaded. */
    long begin() throws SQLException {
        return sql.number("INSERT INTO content (size) SELECT NULL::bigint " + NO_WAIT + " RETURNING id");
    }

    /** Keeps a chunk; committed without waiting for the disk when it is alone in its transaction. */
    void append(long content, long start, byte[] bytes) throws SQLException {
        sql.update("INSERT INTO chunk (content, start, bytes) SELECT ?, ?, ? " + NO_WAIT, content, start, bytes);
    }

    void finish(long content, long size, byte[] sha256) throws SQLException {
        int changed = sql.update(
                "UPDATE content SET size = ?, sha256 = ? WHERE id = ? AND size IS NULL AND NOT discarded",
                size,
                sha256,
                content);
        if (changed == 0) {
            throw new DavException(503, "The upload was discarded by a restart. Send the file again.");
        }
    }

    /** A content that is whole at once. */
    long add(byte[] bytes, byte[] sha256) throws SQLException {
        return sql.number(
                "WITH added AS (INSERT INTO content (size, sha256) VALUES (?, ?) RETURNING id), "
                        + "kept AS (INSERT INTO chunk (content, start, bytes) SELECT id, 0, ? FROM added) "
                        + "SELECT id FROM added",
                (long) bytes.length,
                sha256,
                bytes);
    }

    /** The chunk that has the byte at this offset. */
    Optional<Chunk> chunk(long content, long offset) throws SQLException {
        return sql.first(
                "SELECT start, bytes FROM chunk WHERE content = ? AND start <= ? ORDER BY start DESC LIMIT 1",
                row -> new Chunk(row.getLong(1), row.getBytes(2)),
                content,
                offset);
    }

    /** The contents that are still being uploaded, or were when the platform was killed. */
    List<Long> unfinished() throws SQLException {
        return sql.list("SELECT id FROM content WHERE size IS NULL AND NOT discarded", row -> row.getLong(1));
    }

    /** Gives up an upload; does nothing when it was finished after all. */
    int discardUnfinished(Collection<Long> contents) throws SQLException {
        return sql.update("UPDATE content SET discarded = true WHERE id = ANY (?) AND size IS NULL", (Object)
                contents.toArray(Long[]::new));
    }

    /** Discards the finished contents that no entry shows any more: none ever will again. */
    int discardUnused() throws SQLException {
        return sql.update("UPDATE content c SET discarded = true WHERE size IS NOT NULL AND NOT discarded "
                + "AND NOT EXISTS (SELECT FROM entry e WHERE e.content = c.id)");
    }

    List<Long> discarded() throws SQLException {
        return sql.list("SELECT id FROM content WHERE discarded ORDER BY id", row -> row.getLong(1));
    }

    /** Removes up to so many chunks of a discarded content, and the content with its last. Returns whether it is gone. */
    boolean erode(long content, int chunks) throws SQLException {
        int removed = sql.update(
                "DELETE FROM chunk WHERE content = ? AND start IN "
                        + "(SELECT start FROM chunk WHERE content = ? ORDER BY start DESC LIMIT ?)",
                content,
                content,
                chunks);
        if (removed == chunks) {
            return false;
        }
        sql.update("DELETE FROM content WHERE id = ?", content);
        return true;
    }

    /**
     * A run of bytes.
     *
     * @param start the offset of the first
     */
    record Chunk(long start, byte[] bytes) {

        long end() {
            return start + bytes.length;
        }
    }
}
