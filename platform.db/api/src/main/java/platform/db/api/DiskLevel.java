package platform.db.api;

/** How little room the platform's disk has left, from bad to worse. Each level includes what the ones before it mean. */
public enum DiskLevel {
    /** There is room. */
    OK,
    /** Somebody should see to it. */
    LOW,
    /** What can do without growing does not grow any more: logs, backups, dumps. */
    VERY_LOW,
    /** The reserve is given up, so that what runs can go on; the databases take no writes. */
    FULL;

    /** Whether it is at least as bad as the other. */
    public boolean reaches(DiskLevel other) {
        return compareTo(other) >= 0;
    }
}
