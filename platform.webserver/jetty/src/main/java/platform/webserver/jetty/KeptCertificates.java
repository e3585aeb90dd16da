package platform.webserver.jetty;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.webserver.api.CertificateCheck;
import platform.webserver.api.CertificateInfo;
import platform.webserver.api.CertificateUpload;
import platform.webserver.api.Certificates;
import platform.webserver.api.WebserverException;

/** The certificates in their folder and in use. A change is written first and used then; one change at a time. */
final class KeptCertificates implements Certificates {

    private static final Logger LOG = LoggerFactory.getLogger(KeptCertificates.class);

    private final CertificateFolder folder;
    private final TlsContext tls;
    private final List<String> hosts;
    private final Issuers issuers;
    private final Clock clock;

    /** Uses what is in the folder. */
    KeptCertificates(CertificateFolder folder, TlsContext tls, List<String> hosts, Issuers issuers, Clock clock) {
        this.folder = folder;
        this.tls = tls;
        this.hosts = hosts;
        this.issuers = issuers;
        this.clock = clock;
        CertificateTable table = tls.table();
        for (HostCertificate certificate : folder.read()) {
            table = table.with(certificate);
        }
        tls.use(table);
    }

    @Override
    public CertificateCheck check(CertificateUpload upload) {
        return new UploadCheck(issuers, clock, hosts).check(upload);
    }

    @Override
    public CertificateCheck install(CertificateUpload upload) {
        UploadCheck check = new UploadCheck(issuers, clock, hosts);
        CertificateCheck result = check.check(upload);
        check.usable().ifPresent(this::use);
        return result;
    }

    @Override
    public CertificateInfo install(Optional<String> host, List<X509Certificate> chain, PrivateKey key) {
        if (chain.isEmpty() || !KeyRules.belong(key, chain.get(0).getPublicKey())) {
            throw new WebserverException(
                    "The certificate for " + name(host) + " cannot be used: the private key does not belong to it.");
        }
        ChainRules rules = new ChainRules(clock);
        rules.check(chain);
        if (!rules.errors().isEmpty()) {
            throw new WebserverException(
                    "The certificate for " + name(host) + " cannot be used. " + String.join(" ", rules.errors()));
        }
        HostCertificate certificate =
                new HostCertificate(HostNames.normal(host), List.copyOf(chain), key, CertificateInfo.Source.ACME);
        use(certificate);
        return certificate.info();
    }

    private synchronized void use(HostCertificate certificate) {
        folder.write(certificate);
        tls.use(tls.table().with(certificate));
        CertificateInfo info = certificate.info();
        LOG.info(
                "HTTPS shows {} the certificate {} of {}, valid until {}",
                name(info.host()),
                info.fingerprint(),
                info.subject(),
                info.notAfter());
    }

    private static String name(Optional<String> host) {
        return host.orElse("all hosts without one of their own");
    }

    @Override
    public List<CertificateInfo> list() {
        return tls.table().all().stream().map(HostCertificate::info).toList();
    }

    @Override
    public synchronized boolean remove(Optional<String> host) {
        Optional<String> normal = HostNames.normal(host);
        // A file that could not be read is removed too.
        boolean deleted = folder.delete(normal);
        boolean used = tls.table().has(normal);
        if (used) {
            tls.use(tls.table().without(normal));
            LOG.info("The certificate for {} is removed", name(normal));
        }
        return deleted || used;
    }

    @Override
    public List<String> hosts() {
        return hosts;
    }
}
