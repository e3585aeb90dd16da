/**
 * Backups of instances and of the platform itself: made, kept, verified, restored.
 */
@Export
@Version("1.0.0")
package platform.backup.api;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
