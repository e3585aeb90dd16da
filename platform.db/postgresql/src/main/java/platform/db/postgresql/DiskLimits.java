package platform.db.postgresql;

import platform.db.api.DiskLevel;

/**
 * When a disk counts as full. All in bytes, and beside the whole reserve: what the reserve takes, or will take again, is
 * nobody's room. Thus giving the reserve up or making it again changes no level.
 */
record DiskLimits(long reserve, long low, long veryLow, long full) {

    private static final int RESERVE_PERCENT = 10;
    private static final int LOW_PERCENT = 10;
    private static final int VERY_LOW_PERCENT = 5;
    private static final int FULL_PERCENT = 2;

    /** As configured, and scaled down to a small disk. */
    static DiskLimits of(DiskConfig config, long total) {
        return new DiskLimits(
                bytes(config.reserve_megabytes(), RESERVE_PERCENT, total),
                bytes(config.low_megabytes(), LOW_PERCENT, total),
                bytes(config.verylow_megabytes(), VERY_LOW_PERCENT, total),
                bytes(config.full_megabytes(), FULL_PERCENT, total));
    }

    private static long bytes(int megabytes, int percent, long total) {
        return Math.max(0, Math.min((long) megabytes << 20, total / 100 * percent));
    }

    /**
     * The level at so much room. A level is left only when there is a quarter more than its limit, so that it does not
     * come and go with every file.
     */
    DiskLevel level(long room, DiskLevel former) {
        if (isAt(DiskLevel.FULL, full, room, former)) {
            return DiskLevel.FULL;
        }
        if (isAt(DiskLevel.VERY_LOW, veryLow, room, former)) {
            return DiskLevel.VERY_LOW;
        }
        return isAt(DiskLevel.LOW, low, room, former) ? DiskLevel.LOW : DiskLevel.OK;
    }

    private static boolean isAt(DiskLevel level, long limit, long room, DiskLevel former) {
        return room < (former.reaches(level) ? limit + limit / 4 : limit);
    }
}
