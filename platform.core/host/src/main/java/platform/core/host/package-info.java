/**
 * The far side of a service that runs in a process of its own: a framework that holds the app's bundle, and all that an
 * {@code AppContext} is made of. It is started with a class path and not as a bundle, which is quicker and takes less memory.
 */
package platform.core.host;
