/**
 * A service in a process of its own, as the platform sees it: the process, the calls between the two (JSON-RPC over its standard
 * input and output), and its requests and WebSockets over Unix domain sockets. Knows nothing of OSGi: the manager carries these
 * classes inside, and so does the far side, which needs the calls.
 */
package platform.core.child;
