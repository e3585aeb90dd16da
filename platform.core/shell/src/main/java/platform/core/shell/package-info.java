/**
 * The shell: Gogo behind a local socket, and the commands by which an administrator works.
 */
package platform.core.shell;
