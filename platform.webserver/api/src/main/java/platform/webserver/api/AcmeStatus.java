package platform.webserver.api;

import java.time.Instant;
import java.util.Optional;

/**
 * How it stands with a certificate that is obtained by ACME.
 *
 * @param host whose it is
 * @param next when it is obtained, renewed, or tried again; empty when that waits for an administrator
 * @param failures how many attempts have failed since the last that did not
 * @param problem why the last attempt failed, or why there is none; empty when all is well
 */
public record AcmeStatus(String host, Optional<Instant> next, int failures, String problem) {}
