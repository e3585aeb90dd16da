package app.files;

import java.time.Clock;
import java.time.Instant;
import platform.core.api.InstanceId;

/** What the methods of one instance share. */
record Site(
        InstanceId id,
        DavSpace space,
        Store store,
        Uploads uploads,
        Readers readers,
        Quota quota,
        Sweeper sweeper,
        Clock clock) {

    Instant now() {
        return clock.instant();
    }

    Preconditions preconditions(DavRequest request) {
        return new Preconditions(request, now());
    }
}
