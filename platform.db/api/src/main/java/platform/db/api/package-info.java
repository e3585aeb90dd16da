/**
 * The PostgreSQL server behind the platform: a database and a role for each instance.
 */
@Export
@Version("1.0.0")
package platform.db.api;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
