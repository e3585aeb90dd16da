package platform.core.api;

/** How bad it is, from bad to worse, after ITU-T X.733. */
public enum AlarmSeverity {
    /** Nothing is wrong yet, but will be if nobody acts. */
    WARNING,
    /** Something is wrong that users hardly notice. */
    MINOR,
    /** Users notice; act today. */
    MAJOR,
    /** Something does not work at all; act now. */
    CRITICAL
}
