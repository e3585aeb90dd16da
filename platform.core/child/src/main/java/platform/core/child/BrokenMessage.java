package platform.core.child;

/** An instance that cannot go on, and what was thrown. */
public record BrokenMessage(String instance, String error) {}
