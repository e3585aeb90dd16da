package platform.core.manager;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import platform.core.api.AlarmInfo;
import platform.core.api.AlarmSeverity;
import platform.core.api.AlarmSpec;
import platform.core.api.Alarms;
import platform.webserver.api.CertificateInfo;
import platform.webserver.api.Certificates;

/**
 * Raises an alarm 30, 14 and 3 days before a certificate ends, each worse than the one before. Of one that lives shorter than
 * 90 days: when a third, a sixth, a thirtieth of its life is left. One that is renewed by itself has until the second.
 */
final class CertificateAlarms {

    private static final String SOURCE = "webserver";
    private static final String CODE = "certificate-expires";

    private static final List<Stage> WORST_FIRST = List.of(
            new Stage(AlarmSeverity.CRITICAL, 3, 30),
            new Stage(AlarmSeverity.MAJOR, 14, 6),
            new Stage(AlarmSeverity.WARNING, 30, 3));

    private final Certificates certificates;
    private final Alarms alarms;
    private final Clock clock;

    CertificateAlarms(Certificates certificates, Alarms alarms, Clock clock) {
        this.certificates = certificates;
        this.alarms = alarms;
        this.clock = clock;
    }

    /**
     * When how bad it is.
     *
     * @param days before the end
     * @param part of a life, if that is shorter
     */
    private record Stage(AlarmSeverity severity, long days, long part) {

        boolean isReached(CertificateInfo certificate, Duration left) {
            Duration life = Duration.between(certificate.notBefore(), certificate.notAfter());
            Duration limit = Duration.ofDays(days);
            Duration share = life.dividedBy(part);
            return left.compareTo(share.compareTo(limit) < 0 ? share : limit) <= 0;
        }
    }

    /** Raises what is due, and clears what is over: the certificate was replaced or removed. */
    void check() {
        List<AlarmSpec> due = certificates.list().stream()
                .flatMap(certificate -> alarm(certificate).stream())
                .toList();
        List<AlarmInfo> active = alarms.active().stream()
                .filter(it -> it.source().equals(SOURCE))
                .filter(it -> it.code().equals(CODE) || it.code().startsWith(CODE + ":"))
                .toList();
        due.stream()
                .filter(alarm -> active.stream().noneMatch(it -> it.says(alarm)))
                .forEach(alarms::raise);
        Set<String> codes = due.stream().map(AlarmSpec::code).collect(Collectors.toSet());
        active.stream().filter(it -> !codes.contains(it.code())).forEach(it -> alarms.clear(SOURCE, it.code()));
    }

    private Optional<AlarmSpec> alarm(CertificateInfo certificate) {
        Instant now = clock.instant();
        Duration left = Duration.between(now, certificate.notAfter());
        return WORST_FIRST.stream()
                .filter(stage -> stage.isReached(certificate, left))
                .map(Stage::severity)
                .findFirst()
                .filter(severity ->
                        severity != AlarmSeverity.WARNING || certificate.source() != CertificateInfo.Source.ACME)
                .map(severity -> new AlarmSpec(
                        SOURCE,
                        certificate.host().map(host -> CODE + ":" + host).orElse(CODE),
                        severity,
                        text(certificate, left),
                        cause(certificate),
                        AlarmSpec.words(fix(certificate))));
    }

    private static String text(CertificateInfo certificate, Duration left) {
        String whose = "The certificate "
                + certificate.host().map(host -> "for " + host).orElse("for all other hosts");
        Instant end = certificate.notAfter().truncatedTo(ChronoUnit.SECONDS);
        String when = left.isNegative() || left.isZero() ? " has expired at " + end : " expires at " + end;
        return whose + when + ". " + advice(certificate);
    }

    private static String advice(CertificateInfo certificate) {
        return switch (certificate.source()) {
            case DEFAULT -> "It is the platform's own: a restart of the platform makes a new one.";
            case UPLOADED -> "Import a new one.";
            case ACME -> "Its renewal has failed: certificate:acme says why.";
        };
    }

    private static String cause(CertificateInfo certificate) {
        return switch (certificate.source()) {
            case DEFAULT -> "The platform's own certificate is made anew at a start only.";
            case UPLOADED -> "Nobody has imported a newer one.";
            case ACME -> "It could not be renewed.";
        };
    }

    private static String fix(CertificateInfo certificate) {
        return switch (certificate.source()) {
            case DEFAULT -> "";
            case UPLOADED ->
                certificate
                        .host()
                        .map(host -> "certificate:import FILE --host " + host)
                        .orElse("certificate:import FILE");
            case ACME ->
                certificate.host().map(host -> "certificate:obtain " + host).orElse("");
        };
    }
}
