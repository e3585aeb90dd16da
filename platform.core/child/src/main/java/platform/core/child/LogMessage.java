package platform.core.child;

/**
 * A line of a log, as the process wrote it.
 *
 * @param instance whose code did; empty for none
 * @param trace the stack of what was thrown; empty for none
 */
public record LogMessage(String level, String logger, String instance, String text, String trace) {}
