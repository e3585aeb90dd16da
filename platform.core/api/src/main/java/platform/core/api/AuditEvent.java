package platform.core.api;

/**
 * What somebody is about to do, or was refused.
 *
 * @param action the command or operation: {@code instance:edit}
 * @param arguments what it was given, without secrets
 * @param target what it is done to, such as an instance; empty when it has no name
 */
public record AuditEvent(Caller caller, String action, String arguments, String target) {}
