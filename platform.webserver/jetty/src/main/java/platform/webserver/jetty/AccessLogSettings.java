package platform.webserver.jetty;

import java.nio.file.Path;

/**
 * Where requests are written down.
 *
 * @param on whether they are
 * @param folder holds a folder for each service
 * @param fileBytes the size at which a file is rolled
 * @param files how many files a service has, the current one included
 * @param query whether the query of the URI is written too
 */
record AccessLogSettings(boolean on, Path folder, long fileBytes, int files, boolean query) {

    private static final long MEGABYTE = 1024 * 1024;

    AccessLogSettings {
        Bounds.check("access.log.megabytes", fileBytes / MEGABYTE, 1, 1024);
        Bounds.check("access.log.files", files, 1, 1000);
    }

    static AccessLogSettings of(Path logs, Config config) {
        return new AccessLogSettings(
                config.access_log(),
                logs,
                config.access_log_megabytes() * MEGABYTE,
                config.access_log_files(),
                config.access_log_query());
    }
}
