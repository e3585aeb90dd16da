package platform.webserver.api;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The certificates that HTTPS shows: one for each host that has its own, chosen by the name that the client asks for (SNI,
 * RFC 6066 section 3), and a default for all others. Any thread may call it. A change holds for each handshake that begins
 * after it; open connections are not touched. Private keys go in and never come out.
 */
@ProviderType
public interface Certificates {

    /** Finds out whether {@link #install(CertificateUpload)} would take it, and changes nothing. */
    CertificateCheck check(CertificateUpload upload);

    /**
     * Checks, keeps and uses a certificate in place of the one that its host, or the default, has had.
     *
     * @return what was found; nothing was changed when it has errors
     * @throws WebserverException when it cannot be kept; then the former one stays in use
     */
    CertificateCheck install(CertificateUpload upload);

    /**
     * Keeps and uses a certificate that was obtained rather than uploaded. A chain that ends before a root that is known
     * here is taken.
     *
     * @param host whose certificate it is; empty for the default
     * @param chain the certificate first, each followed by its issuer's
     * @throws WebserverException when it cannot be used or kept; then the former one stays in use
     */
    CertificateInfo install(Optional<String> host, List<X509Certificate> chain, PrivateKey key);

    /** The certificates in use, the default first, the others by host. */
    List<CertificateInfo> list();

    /**
     * Forgets the certificate of a host, which shows the default again; or the default, which is the self-signed one of the
     * platform again.
     *
     * @return whether there was one
     * @throws WebserverException when it cannot be removed; then it stays in use
     */
    boolean remove(Optional<String> host);

    /** The names that the configuration says this webserver is reached by; a certificate should fit them. */
    List<String> hosts();
}
