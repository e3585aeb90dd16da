package platform.webserver.jetty;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/** What was found in an upload, in its order: certificates, private keys, and what was remarkable. */
final class Material {

    private final List<X509Certificate> certificates = new ArrayList<>();
    private final List<PrivateKey> keys = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();
    private boolean encrypted;

    List<X509Certificate> certificates() {
        return certificates;
    }

    List<PrivateKey> keys() {
        return keys;
    }

    List<String> remarks() {
        return remarks;
    }

    /** Whether a passphrase was needed. */
    boolean encrypted() {
        return encrypted;
    }

    /** One that is there already is left out. */
    void add(X509Certificate certificate) {
        if (certificates.contains(certificate)) {
            remarks.add("The certificate of " + CertificateNames.title(certificate)
                    + " is in the file more than once; it is used once.");
        } else {
            certificates.add(certificate);
        }
    }

    /** The same key twice is one key. */
    void add(PrivateKey key) {
        if (keys.stream().noneMatch(other -> KeyRules.same(other, key))) {
            keys.add(key);
        }
    }

    void remark(String remark) {
        remarks.add(remark);
    }

    void markEncrypted() {
        encrypted = true;
    }
}
