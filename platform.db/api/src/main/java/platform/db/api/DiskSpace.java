package platform.db.api;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Watches over the room on the platform's disk. Who has a reason to do something about it registers a
 * {@link DiskSpaceListener}; who only wants to know whether to hold back can look for the conditions
 * {@code platform.disk.low}, {@code platform.disk.very-low} and {@code platform.disk.full}, which are registered (as
 * {@code org.osgi.service.condition.Condition}) while the disk is at that level or a worse one.
 */
@ProviderType
public interface DiskSpace {

    /** What the last look, at most some seconds ago, has found. Never blocks; any thread may call. */
    DiskStatus status();
}
