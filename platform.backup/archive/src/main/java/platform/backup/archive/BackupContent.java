package platform.backup.archive;

import java.io.IOException;
import java.time.temporal.ChronoUnit;
import platform.backup.api.BackupHeader;
import platform.core.api.CarriedInstance;
import platform.db.api.DumpInfo;

/** What a backup holds: a database, and what belongs to it. */
interface BackupContent {

    /** The name of the database. */
    String database();

    BackupHeader header(DumpInfo info);

    /** Writes what comes before the dump. */
    void writeTo(ArchiveWriter writer) throws IOException;

    /** That of an instance. */
    record OfInstance(CarriedInstance carried) implements BackupContent {

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
            writer.begin(
                    Format.INSTANCE,
                    new KeptInstance(
                            carried.info().path(),
                            carried.info().host(),
                            carried.password(),
                            carried.info().settings()));
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
