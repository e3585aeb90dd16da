package platform.backup.archive;

import java.io.IOException;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import platform.backup.api.BackupException;
import platform.backup.api.BackupHeader;
import platform.backup.api.BackupPart;
import platform.core.api.CarriedInstance;
import platform.db.api.DumpInfo;

/** What a backup holds: a database, and what belongs to it. */
interface BackupContent {

    /** The name of the database. */
    String database();

    BackupHeader header(DumpInfo info);

    /** Writes what comes before the dump. */
    void writeTo(ArchiveWriter writer) throws IOException;

    /**
     * That of an instance.
     *
     * @param app the jar of its app, when that goes with it
     */
    record OfInstance(CarriedInstance carried, Optional<Path> app) implements BackupContent {

        @Override
        public String database() {
            return carried.info().database();
        }

        @Override
        public BackupHeader header(DumpInfo info) {
            return BackupContent.header(
                    info,
                    carried.info().id().toString(),
                    carried.info().app(),
                    carried.appVersion(),
                    carried.appSha256());
        }

        @Override
        public void writeTo(ArchiveWriter writer) throws IOException {
            writer.begin(Format.INSTANCE, KeptInstance.of(carried));
            if (app.isPresent()) {
                write(app.get(), writer);
            }
        }

        /** It may be replaced at any moment. */
        private void write(Path jar, ArchiveWriter writer) throws IOException {
            BackupPart part = writer.file(Format.app(carried.info().app()), jar);
            if (!part.sha256().equals(carried.appSha256())) {
                throw new BackupException("The app's file " + jar + " was replaced meanwhile: try again");
            }
        }
    }

    static BackupHeader header(DumpInfo info, String instance, String app, String appVersion, String appSha256) {
        return new BackupHeader(
                Format.VERSION,
                instance,
                app,
                appVersion,
                appSha256,
                info.snapshot().truncatedTo(ChronoUnit.SECONDS),
                info.role(),
                info.server(),
                info.bytes());
    }
}
