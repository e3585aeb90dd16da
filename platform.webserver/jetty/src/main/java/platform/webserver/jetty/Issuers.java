package platform.webserver.jetty;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** Who has signed whom: puts a chain in order, and knows the roots that clients trust, which are those of this Java. */
final class Issuers {

    private final Supplier<Collection<X509Certificate>> roots;

    /** @param roots asked each time; see {@link #knownRoots()} */
    Issuers(Supplier<Collection<X509Certificate>> roots) {
        this.roots = roots;
    }

    /** The root certificates of this Java. */
    static Collection<X509Certificate> knownRoots() {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init((KeyStore) null);
            return Stream.of(factory.getTrustManagers())
                    .filter(X509TrustManager.class::isInstance)
                    .flatMap(manager -> Stream.of(((X509TrustManager) manager).getAcceptedIssuers()))
                    .toList();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The root certificates of this Java cannot be read", e);
        }
    }

    static boolean isSelfSigned(X509Certificate certificate) {
        return isNamedAsIssuer(certificate, certificate) && hasSigned(certificate, certificate);
    }

    static boolean isNamedAsIssuer(X509Certificate issuer, X509Certificate certificate) {
        return certificate.getIssuerX500Principal().equals(issuer.getSubjectX500Principal());
    }

    static boolean hasSigned(X509Certificate issuer, X509Certificate certificate) {
        try {
            certificate.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** The certificate, each followed by its issuer's, as far as they are among the candidates. */
    static List<X509Certificate> chain(X509Certificate certificate, Collection<X509Certificate> candidates) {
        List<X509Certificate> chain = new ArrayList<>(List.of(certificate));
        List<X509Certificate> rest = new ArrayList<>(candidates);
        rest.remove(certificate);
        Optional<X509Certificate> issuer = take(rest, certificate);
        while (issuer.isPresent()) {
            chain.add(issuer.get());
            issuer = take(rest, issuer.get());
        }
        return chain;
    }

    private static Optional<X509Certificate> take(List<X509Certificate> rest, X509Certificate certificate) {
        if (isSelfSigned(certificate)) {
            return Optional.empty();
        }
        for (Iterator<X509Certificate> all = rest.iterator(); all.hasNext(); ) {
            X509Certificate candidate = all.next();
            if (isNamedAsIssuer(candidate, certificate) && hasSigned(candidate, certificate)) {
                all.remove();
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    /** Whether it was signed by a root that clients have of their own. */
    boolean isOfKnownRoot(X509Certificate certificate) {
        return roots.get().stream()
                .anyMatch(root -> isNamedAsIssuer(root, certificate) && hasSigned(root, certificate));
    }
}
