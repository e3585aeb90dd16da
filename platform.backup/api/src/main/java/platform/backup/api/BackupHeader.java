package platform.backup.api;

import java.time.Instant;

/**
 * What stands at the beginning of a backup: enough to decide whether it can be restored here.
 *
 * @param format the version of the file's form
 * @param instance the instance, {@code name@domain}
 * @param app its app
 * @param appVersion the version of the app's bundle; empty when the app was not there
 * @param appSha256 SHA-256 of the bundle's file, in hex; empty when the app was not there
 * @param made when the snapshot was taken
 * @param role the role that owned the database
 * @param postgresql the server's version
 * @param databaseBytes what the database took on disk
 */
public record BackupHeader(
        int format,
        String instance,
        String app,
        String appVersion,
        String appSha256,
        Instant made,
        String role,
        String postgresql,
        long databaseBytes) {}
