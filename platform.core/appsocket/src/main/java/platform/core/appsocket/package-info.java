/**
 * The login of an app's sockets, as existing PBXs and clients do it (reference: app-websocket.md). Knows nothing of OSGi: whoever
 * starts instances carries these classes inside.
 */
package platform.core.appsocket;
