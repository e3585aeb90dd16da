package platform.core.child;

/**
 * A connection of an instance to its database.
 *
 * @param backend the id of the server's process that serves it; 0 for one that was not made after all
 */
public record ConnectionMessage(String instance, int backend) {}
