package platform.core.manager;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import platform.core.api.InstanceId;
import platform.core.api.InstanceSpec;
import platform.core.api.PlatformException;

/** Fills in what a specification leaves open, and refuses what cannot be. */
final class InstanceDefaults {

    private static final int INSTANCE_PASSWORD_LENGTH = 20;
    private static final int DATABASE_PASSWORD_LENGTH = 32;
    /** PostgreSQL's limit for a name, in bytes. */
    private static final int NAME_BYTES = 63;

    private static final Set<String> RESERVED =
            Set.of(ManagerDatabase.NAME, "postgres", "template0", "template1", "platform", "public", "none");

    private InstanceDefaults() {}

    static InstanceRecord complete(InstanceSpec spec, String defaultServer, Clock clock) {
        spec.password().ifPresent(InstanceDefaults::checkPassword);
        String database = spec.database().orElseGet(() -> databaseName(spec.id()));
        checkDatabase(database);
        return new InstanceRecord(
                spec.id(),
                spec.app(),
                spec.path().orElse("/" + spec.id().domain() + "/" + spec.id().name()),
                database,
                spec.password().orElseGet(InstanceDefaults::newPassword),
                newDatabasePassword(),
                spec.settings(),
                true,
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                spec.host().map(HostForm::kept),
                Map.of(),
                Optional.empty(),
                spec.server().orElse(defaultServer),
                spec.trace());
    }

    static String newPassword() {
        return Secrets.newPassword(INSTANCE_PASSWORD_LENGTH);
    }

    static String newDatabasePassword() {
        return Secrets.newPassword(DATABASE_PASSWORD_LENGTH);
    }

    static void checkPassword(String password) {
        if (password.isBlank() || password.length() > 256 || password.chars().anyMatch(Character::isISOControl)) {
            throw PlatformException.invalid(
                    "The password is not allowed. Use 1 to 256 characters, not only blanks, no control characters.");
        }
    }

    private static void checkDatabase(String name) {
        int bytes = name.getBytes(StandardCharsets.UTF_8).length;
        boolean control = name.chars().anyMatch(Character::isISOControl);
        // The migration library does not quote the role's name where it restores it.
        boolean quote = name.contains("'") || name.contains("\\");
        if (name.isBlank()
                || bytes > NAME_BYTES
                || control
                || quote
                || name.startsWith("pg_")
                || name.startsWith("platform ")
                || RESERVED.contains(name)) {
            throw PlatformException.invalid(
                    "The database name '" + (control ? "?" : name) + "' is not allowed. Use 1 to "
                            + NAME_BYTES
                            + " bytes, no control characters, apostrophes or backslashes, nothing that begins with pg_ or \"platform \", and none of "
                            + String.join(", ", RESERVED.stream().sorted().toList()) + ".");
        }
    }

    /** {@code <domain>_<name>}; where that is too long, its beginning and a hash that keeps it unique. */
    static String databaseName(InstanceId id) {
        String name = id.domain() + "_" + id.name();
        return name.length() <= NAME_BYTES ? name : name.substring(0, NAME_BYTES - 17) + "_" + hash(name);
    }

    private static String hash(String name) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
