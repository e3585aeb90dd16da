/**
 * The shared webserver as apps and the manager see it: paths, servlets, static files, WebSockets.
 */
@Export
@Version("1.0.0")
package platform.webserver.api;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
