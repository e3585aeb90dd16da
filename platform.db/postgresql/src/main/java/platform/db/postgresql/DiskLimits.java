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

    /**
     * PostgreSQL writes its log by files of 16 MB, and stops at once when it cannot begin one: two must fit, and what is
     * written until somebody looks.
     */
    private static final long LEAST = 48L << 20;

    /** As configured, and scaled down to a small disk. */
    static DiskLimits of(DiskConfig config, long total) {
        return new DiskLimits(
                share(config.reserve_megabytes(), RESERVE_PERCENT, total),
                limit(config.low_megabytes(), LOW_PERCENT, total, 2 * LEAST),
                limit(config.verylow_megabytes(), VERY_LOW_PERCENT, total, LEAST + LEAST / 2),
                limit(config.full_megabytes(), FULL_PERCENT, total, LEAST));
    }

    private static long share(int megabytes, int percent, long total) {
        return Math.max(0, Math.min((long) megabytes << 20, total / 100 * percent));
    }

    private static long limit(int megabytes, int percent, long total, long least) {
        return megabytes <= 0 ? 0 : Math.max(least, share(megabytes, percent, total));
    }

    /**
     * The level at so much room. A level is left only when there is a quarter more than its limit, or twice as much as that
     * at which the databases take no writes: it must not come and go with every file.
     */
    DiskLevel level(long room, DiskLevel former) {
        if (room < (former == DiskLevel.FULL ? leaveFull() : full)) {
            return DiskLevel.FULL;
        }
        if (room < (former.reaches(DiskLevel.VERY_LOW) ? veryLow + veryLow / 4 : veryLow)) {
            return DiskLevel.VERY_LOW;
        }
        return room < (former.reaches(DiskLevel.LOW) ? low + low / 4 : low) ? DiskLevel.LOW : DiskLevel.OK;
    }

    /** At this room the databases take writes again. */
    long leaveFull() {
        return 2 * full;
    }
}
