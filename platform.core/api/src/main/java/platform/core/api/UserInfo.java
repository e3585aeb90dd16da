package platform.core.api;

import java.time.Instant;

/**
 * Somebody who may log in.
 *
 * @param totp whether a second factor (RFC 6238) is asked for
 */
public record UserInfo(
        String name,
        Role role,
        AccessScope scope,
        boolean enabled,
        boolean totp,
        Instant created,
        Instant passwordChanged) {}
