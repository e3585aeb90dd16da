package platform.webserver.jetty;

import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.shredzone.acme4j.AccountBuilder;
import org.shredzone.acme4j.Authorization;
import org.shredzone.acme4j.Login;
import org.shredzone.acme4j.Order;
import org.shredzone.acme4j.PollableResource;
import org.shredzone.acme4j.Problem;
import org.shredzone.acme4j.Session;
import org.shredzone.acme4j.Status;
import org.shredzone.acme4j.challenge.Http01Challenge;
import org.shredzone.acme4j.exception.AcmeException;
import org.shredzone.acme4j.exception.AcmeLazyLoadingException;
import org.shredzone.acme4j.exception.AcmeProtocolException;
import org.shredzone.acme4j.provider.GenericAcmeProvider;

/** Obtains certificates from an authority that speaks ACME (RFC 8555), by the challenge HTTP-01. */
final class AcmeClient implements AcmeIssuer {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);
    private static final Duration USUAL_PAUSE = Duration.ofSeconds(3);

    private final AcmeSettings settings;
    private final AcmeKeys keys;
    private final AcmeChallenges challenges;
    private final Clock clock;
    private final Pause pause;

    /** @param pause how to wait until the authority has got on */
    AcmeClient(AcmeSettings settings, AcmeKeys keys, AcmeChallenges challenges, Clock clock, Pause pause) {
        this.settings = settings;
        this.keys = keys;
        this.challenges = challenges;
        this.clock = clock;
        this.pause = pause;
    }

    /** Waits. */
    @FunctionalInterface
    interface Pause {
        void last(Duration time) throws InterruptedException;
    }

    @Override
    public Issued issue(String host, Consumer<String> progress) throws AcmeProblem, InterruptedException {
        try {
            Order order = order(host, progress);
            for (Authorization authorization : order.getAuthorizations()) {
                authorize(host, authorization, progress);
            }
            return finish(order, progress);
        } catch (AcmeException e) {
            throw AcmeProblem.of(e, settings);
        } catch (AcmeLazyLoadingException e) {
            throw e.getCause() instanceof AcmeException cause ? AcmeProblem.of(cause, settings) : notUnderstood(e);
        } catch (AcmeProtocolException | IllegalArgumentException | IllegalStateException e) {
            throw notUnderstood(e);
        }
    }

    private AcmeProblem notUnderstood(RuntimeException failure) {
        return AcmeProblem.of(new AcmeException(failure.getMessage(), failure), settings);
    }

    private Order order(String host, Consumer<String> progress) throws AcmeProblem, AcmeException {
        GenericAcmeProvider provider = settings.authority().isPresent()
                ? AcmeTrust.in(settings.authority().get())
                : new GenericAcmeProvider();
        Session session = new Session(settings.directory(), provider);
        session.setLocale(Locale.ENGLISH);
        AccountBuilder account = new AccountBuilder().useKeyPair(keys.account()).agreeToTermsOfService();
        settings.contacts().forEach(account::addContact);
        Login login = account.createLogin(session);
        progress.accept("The account is " + login.getAccountLocation() + ".");
        Order order = login.newOrder().domain(host).create();
        progress.accept("A certificate for " + host + " is ordered.");
        return order;
    }

    private void authorize(String host, Authorization authorization, Consumer<String> progress)
            throws AcmeProblem, AcmeException, InterruptedException {
        if (authorization.getStatus() == Status.VALID) {
            progress.accept("The authority knows already that " + host + " is here.");
            return;
        }
        Http01Challenge challenge = authorization
                .findChallenge(Http01Challenge.class)
                .orElseThrow(() -> new AcmeProblem("The certificate authority does not check " + host
                        + " by HTTP-01, the only way that is supported. Choose another authority."));
        AcmeChallenges.Published published = challenges.publish(challenge.getToken(), challenge.getAuthorization());
        try {
            prove(host, authorization, challenge, progress);
        } finally {
            published.end();
        }
        progress.accept("The authority has seen that " + host + " is here.");
    }

    private void prove(String host, Authorization authorization, Http01Challenge challenge, Consumer<String> progress)
            throws AcmeProblem, AcmeException, InterruptedException {
        challenge.trigger();
        progress.accept("The authority looks at http://" + host + AcmeChallenges.FOLDER + challenge.getToken() + ".");
        if (await(authorization) != Status.VALID) {
            challenge.fetch();
            throw unproven(host, challenge.getError());
        }
    }

    private static AcmeProblem unproven(String host, Optional<Problem> error) {
        String detail = error.map(Problem::toString).map(AcmeProblem::ended).orElse("it gives no reason");
        String advice = error.map(AcmeProblem::advice)
                .orElse("Let port 80 of the host lead to this platform's plain HTTP port.");
        return new AcmeProblem(
                "The certificate authority could not make sure that " + host + " is here: " + detail + ". " + advice);
    }

    private Issued finish(Order order, Consumer<String> progress)
            throws AcmeProblem, AcmeException, InterruptedException {
        KeyPair key = AcmeKeys.fresh();
        if (await(order, Status.READY) == Status.READY) {
            order.execute(key);
            progress.accept("The authority makes the certificate.");
        }
        if (await(order) != Status.VALID) {
            Supplier<String> detail = () -> order.getError()
                    .map(Problem::toString)
                    .map(AcmeProblem::ended)
                    .orElse("it gives no reason");
            throw new AcmeProblem("The certificate authority has not made the certificate: " + detail.get() + ". "
                    + order.getError().map(AcmeProblem::advice).orElse("Try again later."));
        }
        return new Issued(order.getCertificate().getCertificateChain(), key.getPrivate());
    }

    private Status await(PollableResource resource, Status... alsoEnds)
            throws AcmeProblem, AcmeException, InterruptedException {
        Duration waited = Duration.ZERO;
        while (!isEnd(resource.getStatus(), alsoEnds)) {
            if (waited.compareTo(PATIENCE) > 0) {
                throw new AcmeProblem("The certificate authority is not done after " + PATIENCE.toMinutes()
                        + " minutes. Try again later.");
            }
            Duration time = until(resource.fetch());
            if (!isEnd(resource.getStatus(), alsoEnds)) {
                pause.last(time);
                waited = waited.plus(time);
            }
        }
        return resource.getStatus();
    }

    private static boolean isEnd(Status status, Status... others) {
        return switch (status) {
            case VALID, INVALID, EXPIRED, REVOKED, DEACTIVATED, CANCELED -> true;
            default -> others.length > 0 && others[0] == status;
        };
    }

    /** How long the authority wants us to wait, within reason. */
    private Duration until(Optional<Instant> retryAfter) {
        Duration asked =
                retryAfter.map(it -> Duration.between(clock.instant(), it)).orElse(USUAL_PAUSE);
        if (asked.compareTo(SHORTEST_PAUSE) < 0) {
            return SHORTEST_PAUSE;
        }
        return asked.compareTo(PATIENCE) > 0 ? PATIENCE : asked;
    }
}
