package platform.backup.api;

import java.nio.file.Path;
import java.util.List;

/**
 * What shall be written to a file.
 *
 * @param instance the instance, {@code name@domain}
 * @param file an absolute path where nothing is yet
 * @param recipients public keys that it is encrypted for, {@code age1…}; with none of them a key is made for this file alone
 * @param withApp whether the jar of the instance's app goes with it, for a platform that lacks it
 */
public record ExportRequest(String instance, Path file, List<String> recipients, boolean withApp) {

    public ExportRequest {
        recipients = List.copyOf(recipients);
    }
}
