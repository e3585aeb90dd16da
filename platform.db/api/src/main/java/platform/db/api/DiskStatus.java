package platform.db.api;

/**
 * How the platform's disk stands: the file system that its data folder is on. All sizes are bytes.
 *
 * @param level what follows from the rest
 * @param total the size of the file system
 * @param usable what can be written still
 * @param reserve what the reserve file takes
 * @param wholeReserve what it takes when it is whole
 * @param low below how much room beside the whole reserve the disk is {@link DiskLevel#LOW}
 * @param veryLow the same for {@link DiskLevel#VERY_LOW}
 * @param full the same for {@link DiskLevel#FULL}, which is left at twice as much
 */
public record DiskStatus(
        DiskLevel level, long total, long usable, long reserve, long wholeReserve, long low, long veryLow, long full) {

    /** What can be written beside the whole reserve; less than zero when that has to be made first. */
    public long room() {
        return usable - (wholeReserve - reserve);
    }

    /** What must be freed until a full disk is not full any more; 0 when it is not. */
    public long missing() {
        return level == DiskLevel.FULL ? Math.max(0, 2 * full - room()) : 0;
    }
}
