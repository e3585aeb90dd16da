package platform.webserver.jetty;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Consumer;

/** Who gives out certificates. */
@FunctionalInterface
interface AcmeIssuer {

    /**
     * Obtains a certificate for the host. Takes seconds to minutes.
     *
     * @param progress hears what has been done
     * @throws AcmeProblem says why there is none
     */
    Issued issue(String host, Consumer<String> progress) throws AcmeProblem, InterruptedException;

    /**
     * A certificate with its key.
     *
     * @param chain the certificate first, each followed by its issuer's
     */
    record Issued(List<X509Certificate> chain, PrivateKey key) {

        /** Without the key. */
        @Override
        public String toString() {
            return "Issued[" + chain.size() + " certificates]";
        }
    }
}
