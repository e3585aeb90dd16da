package platform.db.api;

import java.time.Instant;

/**
 * What the write-ahead log holds up to a segment.
 *
 * @param time all that was committed until then is in it
 * @param last the segment; it is complete
 */
public record WalCut(Instant time, WalSegment last) {}
