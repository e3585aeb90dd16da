package platform.webserver.jetty;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Which certificate is shown for which name; immutable, replaced as a whole. A host's own comes first, then that of its
 * wildcard, then any that is valid for the name, the default before the others; and the default where nothing fits.
 */
final class CertificateTable {

    private final HostCertificate original;
    private final Optional<HostCertificate> chosen;
    private final Map<String, HostCertificate> hosts;
    private final List<HostCertificate> all;

    private CertificateTable(
            HostCertificate original, Optional<HostCertificate> chosen, Map<String, HostCertificate> hosts) {
        this.original = original;
        this.chosen = chosen;
        this.hosts = hosts;
        this.all = Stream.concat(Stream.of(fallback()), hosts.values().stream()).toList();
    }

    /** @param original the platform's own, the default unless another one is chosen */
    static CertificateTable of(HostCertificate original) {
        return new CertificateTable(original, Optional.empty(), Map.of());
    }

    CertificateTable with(HostCertificate certificate) {
        if (certificate.host().isEmpty()) {
            return new CertificateTable(original, Optional.of(certificate), hosts);
        }
        Map<String, HostCertificate> changed = new TreeMap<>(hosts);
        changed.put(certificate.host().get(), certificate);
        return new CertificateTable(original, chosen, changed);
    }

    CertificateTable without(Optional<String> host) {
        if (host.isEmpty()) {
            return new CertificateTable(original, Optional.empty(), hosts);
        }
        Map<String, HostCertificate> changed = new TreeMap<>(hosts);
        changed.remove(host.get());
        return new CertificateTable(original, chosen, changed);
    }

    boolean has(Optional<String> host) {
        return host.map(hosts::containsKey).orElse(chosen.isPresent());
    }

    HostCertificate fallback() {
        return chosen.orElse(original);
    }

    /** @param name in lower case */
    HostCertificate find(String name) {
        HostCertificate own = hosts.get(name);
        if (own == null) {
            own = hosts.get(CertificateNames.wildcard(name));
        }
        return own != null ? own : fitting(name);
    }

    private HostCertificate fitting(String name) {
        return all.stream()
                .filter(certificate -> certificate.covers(name))
                .findFirst()
                .orElseGet(this::fallback);
    }

    /** The default first, the others by host. */
    List<HostCertificate> all() {
        return all;
    }
}
