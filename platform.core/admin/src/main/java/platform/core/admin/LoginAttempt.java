package platform.core.admin;

import java.time.Instant;

/**
 * A login that has gone to the identity provider.
 *
 * @param state by what the provider's answer names it
 * @param nonce what the ID token must hold
 * @param verifier that the answer's code is for us (RFC 7636)
 * @param browser the cookie of the browser that has begun it
 * @param page where it is led then
 */
record LoginAttempt(String state, String nonce, String verifier, String browser, String page, Instant begun) {}
