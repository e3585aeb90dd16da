package platform.backup.api;

import java.util.List;

/**
 * What a restore will do. It is made from the beginning of the file, whose rest may still turn out to be damaged.
 *
 * @param header what the backup is
 * @param instance the instance that it becomes
 * @param exists whether the instance is there and gets another database, rather than being made
 * @param bytesNeeded how much room is needed beside what is taken now
 * @param bytesFree how much there is where it goes; {@link Long#MAX_VALUE} when the server does not tell
 * @param obstacles why it cannot be done, a sentence each; empty when it can
 * @param notes what one should know
 */
public record RestorePlan(
        BackupHeader header,
        String instance,
        boolean exists,
        long bytesNeeded,
        long bytesFree,
        List<String> obstacles,
        List<String> notes) {

    public RestorePlan {
        obstacles = List.copyOf(obstacles);
        notes = List.copyOf(notes);
    }
}
