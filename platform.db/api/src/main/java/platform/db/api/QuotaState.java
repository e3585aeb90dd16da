package platform.db.api;

/**
 * How large a database with a quota for its size was when it was measured last.
 *
 * @param database which
 * @param bytes what it took on disk
 * @param closed whether nothing can be written because it takes too much
 */
public record QuotaState(String database, long bytes, boolean closed) {}
