package platform.core.api;

/** What an instance's use of its database can be limited in. */
public enum QuotaKind {
    /** The connections that are open at once. */
    CONNECTIONS(Unit.COUNT),
    /** How long a statement may take. */
    STATEMENT_TIME(Unit.MILLISECONDS),
    /** How long a transaction may stay open while it does nothing. */
    IDLE_IN_TRANSACTION(Unit.MILLISECONDS),
    /** What each connection may have in temporary files. */
    TEMP(Unit.BYTES),
    /** The size of the database that raises an alarm. */
    SIZE_SOFT(Unit.BYTES),
    /** The size of the database beyond which nothing can be added or changed. */
    SIZE_HARD(Unit.BYTES);

    private final Unit unit;

    QuotaKind(Unit unit) {
        this.unit = unit;
    }

    /** In what its use and its limit are counted. */
    public Unit unit() {
        return unit;
    }

    /** How numbers are meant. */
    public enum Unit {
        COUNT,
        MILLISECONDS,
        BYTES
    }
}
