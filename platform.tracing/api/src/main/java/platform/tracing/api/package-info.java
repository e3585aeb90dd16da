/**
 * Log files per service and the diagnostic context that names the instance on each line; what was logged, to be read.
 */
@Export
@Version("1.0.0")
package platform.tracing.api;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
