package platform.backup.archive;

import java.util.Optional;
import platform.backup.api.RestoreRequest;

/**
 * What a backup becomes.
 *
 * @param as a new instance; empty is that which it was made of
 * @param asIs although the app is an older version here
 * @param server the database server of an instance that is made; empty is the default one
 * @param app where the app of the backup is installed from, before; empty when that is not done
 */
record RestoreInto(Optional<String> as, boolean asIs, Optional<String> server, Optional<String> app) {

    /** What it was made of, as far as the app's version lets it. */
    static final RestoreInto ITSELF = renamed(Optional.empty());

    static RestoreInto of(RestoreRequest request) {
        return new RestoreInto(request.as(), request.asIs(), request.server(), Optional.empty());
    }

    static RestoreInto renamed(Optional<String> as) {
        return placed(as, Optional.empty());
    }

    /** Made anew, on a database server. */
    static RestoreInto placed(Optional<String> as, Optional<String> server) {
        return new RestoreInto(as, false, server, Optional.empty());
    }

    /** After the app of the backup was installed from there. */
    RestoreInto installing(String from) {
        return new RestoreInto(as, asIs, server, Optional.of(from));
    }
}
