package platform.db.postgresql;

import java.nio.file.Path;

/**
 * Where PostgreSQL keeps what.
 *
 * @param home the cluster and its configuration
 * @param cache the unpacked binaries; may be deleted while the platform is stopped
 * @param logs the server's own log
 * @param secret the superuser's password
 */
record PostgresFolders(Path home, Path cache, Path logs, Path secret) {

    /** The folders in the platform's data folder. */
    static PostgresFolders in(Path data) {
        return new PostgresFolders(
                data.resolve("pgsql"),
                data.resolve("cache"),
                data.resolve("logs").resolve("postgresql"),
                data.resolve("secrets").resolve("postgresql"));
    }

    /** The data folder of PostgreSQL itself. */
    Path cluster() {
        return home.resolve("data");
    }

    /** The running postmaster's note about itself. */
    Path pidFile() {
        return cluster().resolve("postmaster.pid");
    }

    Path configuration() {
        return home.resolve("postgresql.conf");
    }

    Path authentication() {
        return home.resolve("pg_hba.conf");
    }

    /** What the server says before it has opened its log. */
    Path startLog() {
        return home.resolve("start.log");
    }

    /** Whatever ends with {@code .conf} here is a part of the configuration. */
    Path settings() {
        return home.resolve("settings");
    }

    /** A part of it while the databases take no writes. */
    Path readOnly() {
        return settings().resolve("read-only.conf");
    }

    /** The same file while they take them. */
    Path readOnlyOff() {
        return settings().resolve("read-only.conf.off");
    }
}
