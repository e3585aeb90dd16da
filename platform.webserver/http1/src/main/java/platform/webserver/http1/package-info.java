/** HTTP/1.1 as Jetty speaks it, without a defect of Jetty 12.1. Of use to {@code platform.webserver.jetty} only. */
@Export
@Version("1.0.0")
package platform.webserver.http1;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
