package platform.db.api;

import org.osgi.annotation.versioning.ConsumerType;

/** Hears how the platform's disk stands; register it as a service. */
@ConsumerType
public interface DiskSpaceListener {

    /**
     * Called after each look, whether it found a change or not: about once a second, more often when there is little room.
     * Always by the same thread, which looks no further until it has returned. By the time the level is
     * {@link DiskLevel#FULL} the reserve is free.
     */
    void looked(DiskStatus status);
}
