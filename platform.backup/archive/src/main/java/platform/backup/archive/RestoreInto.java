package platform.backup.archive;

import java.util.Optional;
import platform.backup.api.RestoreRequest;

/**
 * What a backup becomes.
 *
 * @param as a new instance; empty is that which it was made of
 * @param asIs although the app is an older version here
 * @param server the database server of an instance that is made; empty is the default one
 */
record RestoreInto(Optional<String> as, boolean asIs, Optional<String> server) {

    /** What it was made of, as far as the app's version lets it. */
    static final RestoreInto ITSELF = renamed(Optional.empty());

    static RestoreInto of(RestoreRequest request) {
        return new RestoreInto(request.as(), request.asIs(), request.server());
    }

    static RestoreInto renamed(Optional<String> as) {
        return new RestoreInto(as, false, Optional.empty());
    }
}
