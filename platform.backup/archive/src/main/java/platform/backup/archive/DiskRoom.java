package platform.backup.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import platform.backup.api.BackupException;
import platform.db.api.DiskLevel;

/** Keeps backups from filling the disk that the platform lives on; other disks are somebody else's. */
record DiskRoom(Path data, Supplier<DiskLevel> level) {

    /** After so many bytes it is looked at the disk again. */
    private static final int STEP = 4 << 20;

    private static final String WHAT_TO_DO =
            ": free some space (platform:disk shows what uses most), or name a folder on another disk";

    /**
     * Before a backup begins in a folder, which may not be there yet.
     *
     * @throws BackupException when it must not begin
     */
    void mustBeIn(Path folder) {
        if (isVeryLow() && isOnOurDisk(folder)) {
            throw new BackupException("The platform's disk is nearly full, so no backup begins on it" + WHAT_TO_DO);
        }
    }

    /** An upload that fails when the disk gets nearly full meanwhile; the file that was begun goes when it is closed. */
    Upload watch(Target target, Upload upload) {
        return target.folder().filter(this::isOnOurDisk).isPresent() ? new Watched(upload) : upload;
    }

    private boolean isVeryLow() {
        return level.get().reaches(DiskLevel.VERY_LOW);
    }

    private boolean isOnOurDisk(Path folder) {
        try {
            Path there = folder;
            while (!Files.exists(there)) {
                there = there.getParent();
            }
            return Files.getFileStore(there).equals(Files.getFileStore(data));
        } catch (IOException e) {
            throw new BackupException("On which disk " + folder + " is cannot be seen: " + e, e);
        }
    }

    /** Looks each time that another step has been written. */
    private final class Watched extends ForwardingUpload {

        private long sinceLook;

        Watched(Upload inner) {
            super(inner);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            sinceLook += length;
            if (sinceLook >= STEP) {
                sinceLook = 0;
                mustHaveRoom();
            }
            super.write(bytes, offset, length);
        }

        private void mustHaveRoom() throws TargetException {
            if (isVeryLow()) {
                throw TargetException.lasting(
                        "The platform's disk got nearly full, so the backup on it was given up" + WHAT_TO_DO);
            }
        }
    }
}
