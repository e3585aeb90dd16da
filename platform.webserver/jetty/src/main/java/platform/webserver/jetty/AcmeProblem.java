package platform.webserver.jetty;

import java.io.IOException;
import java.net.ConnectException;
import java.time.Instant;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.shredzone.acme4j.Problem;
import org.shredzone.acme4j.exception.AcmeException;
import org.shredzone.acme4j.exception.AcmeNetworkException;
import org.shredzone.acme4j.exception.AcmeRateLimitedException;
import org.shredzone.acme4j.exception.AcmeServerException;
import org.shredzone.acme4j.exception.AcmeUserActionRequiredException;

/** Why no certificate was obtained: what failed, on what, and what to do. */
final class AcmeProblem extends Exception {

    private static final long serialVersionUID = 1L;
    private static final String ERRORS = "urn:ietf:params:acme:error:";

    private final boolean rateLimited;
    private final transient Optional<Instant> retryAfter;

    AcmeProblem(String message) {
        this(message, null, false, Optional.empty());
    }

    AcmeProblem(String message, Throwable cause) {
        this(message, cause, false, Optional.empty());
    }

    private AcmeProblem(String message, Throwable cause, boolean rateLimited, Optional<Instant> retryAfter) {
        super(message, cause);
        this.rateLimited = rateLimited;
        this.retryAfter = retryAfter;
    }

    /** The authority was asked too often, and wants to be left alone until then. */
    static AcmeProblem limited(String message, Instant until) {
        return new AcmeProblem(message, null, true, Optional.of(until));
    }

    /** Whether the authority has said that it was asked too often. */
    boolean isRateLimited() {
        return rateLimited;
    }

    /** When the authority wants to be asked again; empty when it did not say. */
    Optional<Instant> retryAfter() {
        return retryAfter == null ? Optional.empty() : retryAfter;
    }

    /** What the authority, or the way to it, had against a request. */
    static AcmeProblem of(AcmeException failure, AcmeSettings settings) {
        String authority = "The certificate authority " + settings.directory().getHost();
        if (failure instanceof AcmeRateLimitedException limited) {
            return new AcmeProblem(
                    authority + " was asked too often: " + detail(limited) + ". Wait; it is asked again by itself.",
                    failure,
                    true,
                    limited.getRetryAfter());
        }
        if (failure instanceof AcmeUserActionRequiredException action) {
            return new AcmeProblem(
                    authority + " wants something done first: " + detail(action) + ". Visit " + page(action, settings)
                            + ".",
                    failure);
        }
        if (failure instanceof AcmeServerException refused) {
            return new AcmeProblem(
                    authority + " has refused: " + detail(refused) + ". " + advice(refused.getProblem()), failure);
        }
        if (failure instanceof AcmeNetworkException && failure.getCause() instanceof IOException network) {
            return new AcmeProblem(authority + " cannot be reached: " + reason(network), failure);
        }
        return new AcmeProblem(
                authority + " has answered what was not understood: " + failure.getMessage() + ". Check that "
                        + settings.directory() + " is an ACME directory, and try again later.",
                failure);
    }

    private static String detail(AcmeServerException failure) {
        return ended(failure.getProblem().toString());
    }

    private static String page(AcmeUserActionRequiredException action, AcmeSettings settings) {
        return action.getProblem()
                .getInstance()
                .or(action::getTermsOfServiceUri)
                .orElse(settings.directory())
                .toString();
    }

    private static String reason(IOException network) {
        if (network instanceof SSLException) {
            return ended(String.valueOf(network.getMessage()))
                    + ". For a private authority, ca.file names the PEM file that vouches for it.";
        }
        String what = network instanceof ConnectException && network.getMessage() == null
                ? "nothing answers there"
                : String.valueOf(network.getMessage() == null ? network : network.getMessage());
        return ended(what) + ". Check the network, and the address in directory.";
    }

    /** What helps against a problem (RFC 8555 section 6.7). */
    static String advice(Problem problem) {
        String type = problem.getType().toString();
        return switch (type.startsWith(ERRORS) ? type.substring(ERRORS.length()) : "") {
            case "dns" -> "Make the name known in the DNS, with this machine's address.";
            case "connection", "incorrectResponse", "unauthorized" ->
                "Let port 80 of the host lead to this platform's plain HTTP port.";
            case "caa" -> "Allow this authority in the CAA record of the domain.";
            case "rejectedIdentifier", "unsupportedIdentifier" -> "This authority gives out none for such a name.";
            case "invalidContact", "unsupportedContact" -> "Correct the addresses in contact.";
            case "externalAccountRequired" ->
                "It serves only accounts that were made elsewhere, which is not supported. Choose another authority.";
            case "serverInternal" -> "The fault is the authority's. Wait; it is asked again by itself.";
            default -> "The log of the authority may say more.";
        };
    }

    /** Without the full stop that a server may have put, because one follows. */
    static String ended(String sentence) {
        String text = sentence.strip().replaceAll("\\p{Cntrl}", " ");
        return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    }
}
