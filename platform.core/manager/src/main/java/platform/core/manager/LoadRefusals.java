package platform.core.manager;

/**
 * What an instance was refused because of a limit, since it was loaded.
 *
 * @param requests that were answered 503
 * @param sockets that were answered 503, or 403 because of their origin
 * @param tasks that its executor did not take
 * @param lines of its log, in this hour
 */
record LoadRefusals(long requests, long sockets, long tasks, long lines) {}
