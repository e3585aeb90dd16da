package platform.webserver.api;

import java.util.List;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The certificates that the webserver obtains and renews by itself from an authority that speaks ACME (RFC 8555), for the
 * hosts in its configuration. Any thread may call it.
 */
@ProviderType
public interface AcmeCertificates {

    /** How it stands with each host in the configuration, in its order; empty when there is none or ACME is off. */
    List<AcmeStatus> status();

    /**
     * Obtains a certificate for the host and uses it, now, whatever is in use for it; returns when that is done or has
     * failed, which may take minutes. One host at a time.
     *
     * @param host one of the configuration
     * @param progress hears what has been done, a sentence each, on the calling thread
     * @throws WebserverException says what failed and what to do; the former certificate stays in use
     */
    CertificateInfo obtain(String host, Consumer<String> progress);
}
