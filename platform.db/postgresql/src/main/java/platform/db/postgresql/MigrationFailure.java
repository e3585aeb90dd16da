package platform.db.postgresql;

import java.util.stream.Collectors;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.CoreErrorCode;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.flywaydb.core.api.output.ValidateOutput;
import org.flywaydb.core.internal.sqlscript.FlywaySqlScriptException;

/** Says in a sentence why Flyway has not migrated: Flyway's own words are a page, and advise on its command line. */
final class MigrationFailure {

    private MigrationFailure() {}

    static String reason(Flyway flyway, RuntimeException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof FlywaySqlScriptException script) {
                return "the script " + script.getResource().getFilename() + " fails in line " + script.getLineNumber()
                        + ": " + oneLine(script.getCause().getMessage()) + "; nothing was changed";
            }
        }
        return failure instanceof FlywayValidateException ? mismatches(flyway) : oneLine(failure.getMessage());
    }

    private static String mismatches(Flyway flyway) {
        return flyway.validateWithResult().invalidMigrations.stream()
                .map(MigrationFailure::mismatch)
                .collect(Collectors.joining("; "));
    }

    private static String mismatch(ValidateOutput script) {
        String name = "the script of version " + script.version + " (" + script.description + ")";
        if (!(script.errorDetails.errorCode instanceof CoreErrorCode code)) {
            return name + ": " + oneLine(script.errorDetails.errorMessage);
        }
        return switch (code) {
            case CHECKSUM_MISMATCH, DESCRIPTION_MISMATCH, TYPE_MISMATCH ->
                name + " was changed after it had been applied: restore it, and put the change into a new script";
            case APPLIED_VERSIONED_MIGRATION_NOT_RESOLVED, APPLIED_REPEATABLE_MIGRATION_NOT_RESOLVED ->
                name + " was applied, but is missing in the app: keep old scripts, or go back to the newer app";
            case RESOLVED_VERSIONED_MIGRATION_NOT_APPLIED ->
                name + " is older than one that was applied: give it a higher version";
            default -> name + ": " + oneLine(script.errorDetails.errorMessage);
        };
    }

    private static String oneLine(String text) {
        return text == null ? "no reason given" : text.strip().replaceAll("\\s*\\R\\s*", "; ");
    }
}
