/**
 * The contract between apps, the manager and those who administer it.
 */
@Export
@Version("1.0.0")
package platform.core.api;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
