package platform.webserver.jetty;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.webserver.api.AcmeCertificates;
import platform.webserver.api.AcmeStatus;
import platform.webserver.api.CertificateInfo;
import platform.webserver.api.Certificates;
import platform.webserver.api.WebserverException;

/**
 * Knows which hosts need a certificate when, and obtains it. After a failure it waits an hour, then two, then four, up to a
 * day; and for as long as the authority says where that was asked too often.
 */
final class AcmeRenewal implements AcmeCertificates {

    private static final Logger LOG = LoggerFactory.getLogger(AcmeRenewal.class);
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration FIRST_WAIT = Duration.ofHours(1);
    private static final int LONGEST_DOUBLING = 5;

    private final AcmeSettings settings;
    private final AcmeIssuer issuer;
    private final Certificates certificates;
    private final Clock clock;
    private final Map<String, Failure> failures = new HashMap<>();
    private final ReentrantLock working = new ReentrantLock();
    private volatile boolean closed;

    AcmeRenewal(AcmeSettings settings, AcmeIssuer issuer, Certificates certificates, Clock clock) {
        this.settings = settings;
        this.issuer = issuer;
        this.certificates = certificates;
        this.clock = clock;
    }

    /**
     * What has failed for a host.
     *
     * @param count how often since the last success
     * @param next when it may be tried again
     * @param limited whether the authority itself said so: then nobody may try before
     */
    private record Failure(int count, Instant next, boolean limited, String problem) {}

    /**
     * Obtains what is missing and renews what ends soon.
     *
     * @return when to look again
     */
    Instant check() {
        for (String host : settings.hosts()) {
            if (!closed
                    && dueAt(host).filter(due -> !due.isAfter(clock.instant())).isPresent()) {
                renew(host);
            }
        }
        Instant tomorrow = clock.instant().plus(DAY);
        return settings.hosts().stream()
                .flatMap(host -> dueAt(host).stream())
                .filter(tomorrow::isAfter)
                .min(Instant::compareTo)
                .orElse(tomorrow);
    }

    private void renew(String host) {
        try {
            work(host, step -> LOG.debug("{}: {}", host, step));
        } catch (WebserverException e) {
            if (!closed) {
                LOG.warn(
                        "{} got no certificate, tried again at {}: {}",
                        host,
                        failure(host).next(),
                        e.getMessage());
                LOG.debug("{} got no certificate", host, e);
            }
        }
    }

    @Override
    public CertificateInfo obtain(String host, Consumer<String> progress) {
        String name = HostNames.normal(host);
        if (settings.isOff()) {
            throw new WebserverException("ACME is off. Name the directory and the hosts in"
                    + " etc/platform.webserver.acme.cfg; docs/webserver.md shows how.");
        }
        if (!settings.hosts().contains(name)) {
            throw new WebserverException("'" + name + "' is none of the hosts in etc/platform.webserver.acme.cfg, and"
                    + " its certificate would not be renewed. Add it there.");
        }
        Failure failure = failure(name);
        if (failure != null && failure.limited() && failure.next().isAfter(clock.instant())) {
            throw new WebserverException("The certificate authority does not want to be asked before " + failure.next()
                    + ": " + failure.problem());
        }
        return work(name, progress);
    }

    private CertificateInfo work(String host, Consumer<String> progress) {
        working.lock();
        try {
            AcmeIssuer.Issued issued = issuer.issue(host, progress);
            CertificateInfo info = certificates.install(Optional.of(host), issued.chain(), issued.key());
            forget(host);
            LOG.info("{} has a certificate of {}, valid until {}", host, info.issuer(), info.notAfter());
            return info;
        } catch (AcmeProblem e) {
            note(host, e.getMessage(), e.retryAfter(), e.isRateLimited());
            throw new WebserverException(e.getMessage(), e);
        } catch (WebserverException e) {
            note(host, e.getMessage(), Optional.empty(), false);
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new WebserverException("Obtaining a certificate for " + host + " was cut off.", e);
        } finally {
            working.unlock();
        }
    }

    private synchronized void note(String host, String problem, Optional<Instant> retryAfter, boolean limited) {
        Failure before = failures.get(host);
        int count = before == null ? 1 : before.count() + 1;
        Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(count - 1, LONGEST_DOUBLING));
        Instant next = clock.instant().plus(wait.compareTo(DAY) > 0 ? DAY : wait);
        Instant asked = retryAfter.filter(next::isBefore).orElse(next);
        failures.put(host, new Failure(count, asked, limited, problem));
    }

    private synchronized void forget(String host) {
        failures.remove(host);
    }

    private synchronized Failure failure(String host) {
        return failures.get(host);
    }

    /** When the host needs a certificate; empty when an administrator has given it one. */
    private Optional<Instant> dueAt(String host) {
        Optional<CertificateInfo> present = present(host);
        if (present.filter(it -> it.source() != CertificateInfo.Source.ACME).isPresent()) {
            return Optional.empty();
        }
        Instant needed = present.map(this::renewal).orElse(Instant.MIN);
        Failure failure = failure(host);
        return Optional.of(failure != null && failure.next().isAfter(needed) ? failure.next() : needed);
    }

    private Optional<CertificateInfo> present(String host) {
        return certificates.list().stream()
                .filter(it -> it.host().filter(host::equals).isPresent())
                .findFirst();
    }

    private Instant renewal(CertificateInfo certificate) {
        Duration third = Duration.between(certificate.notBefore(), certificate.notAfter())
                .dividedBy(3);
        Duration before = settings.renewBefore().compareTo(third) < 0 ? settings.renewBefore() : third;
        return certificate.notAfter().minus(before);
    }

    @Override
    public List<AcmeStatus> status() {
        List<AcmeStatus> all = new ArrayList<>();
        for (String host : settings.hosts()) {
            Failure failure = failure(host);
            Optional<Instant> due = dueAt(host).map(it -> it.isBefore(clock.instant()) ? clock.instant() : it);
            String problem = due.isEmpty()
                    ? "A certificate that was imported is in use; certificate:remove --host " + host
                            + " lets ACME replace it."
                    : failure == null ? "" : failure.problem();
            all.add(new AcmeStatus(host, due, failure == null ? 0 : failure.count(), problem));
        }
        return all;
    }

    /** Nothing is begun any more, and what is cut off now is no failure. */
    void close() {
        closed = true;
    }
}
