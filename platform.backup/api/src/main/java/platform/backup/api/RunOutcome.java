package platform.backup.api;

/** How a backup has ended, from good to bad. */
public enum RunOutcome {
    /** Everything is on every target. Only this counts as a backup. */
    COMPLETE,
    /** Something is missing: a target, or a part. */
    PARTIAL,
    /** Nothing came of it. */
    FAILED,
    /** It was not begun in its window. */
    MISSED
}
