package platform.backup.api;

import java.time.Instant;

/**
 * What a restore to an earlier time will do. It can be done when there is a plan.
 *
 * @param instance the instance that it becomes
 * @param exists whether that is there and gets another database, rather than being made
 * @param to the time
 * @param base of when the base backup is that it begins with
 * @param target where it is fetched from
 * @param bytesToFetch how much is fetched at most
 * @param bytesNeeded how much room is needed meanwhile beside what is taken now
 * @param bytesFree how much there is
 */
public record TimeRestorePlan(
        String instance,
        boolean exists,
        Instant to,
        Instant base,
        String target,
        long bytesToFetch,
        long bytesNeeded,
        long bytesFree) {}
