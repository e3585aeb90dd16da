package platform.webserver.jetty;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import platform.webserver.api.CertificateInfo;

/** A certificate made for a test, with its key and its issuer. */
final class TestCertificate {

    static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");

    private static final AtomicLong SERIAL = new AtomicLong(1);

    final X509Certificate certificate;
    final KeyPair keys;
    private final TestCertificate issuer;

    private TestCertificate(X509Certificate certificate, KeyPair keys, TestCertificate issuer) {
        this.certificate = certificate;
        this.keys = keys;
        this.issuer = issuer;
    }

    static TestCertificate root(String name) {
        return new Builder(name).authority().issuedBy(null);
    }

    static TestCertificate authority(String name, TestCertificate issuer) {
        return new Builder(name).authority().issuedBy(issuer);
    }

    static TestCertificate server(String name, TestCertificate issuer) {
        return new Builder(name).names(name).issuedBy(issuer);
    }

    /** This one, each followed by its issuer's. */
    List<X509Certificate> chain() {
        return Stream.iterate(this, c -> c != null, c -> c.issuer)
                .map(c -> c.certificate)
                .toList();
    }

    HostCertificate forHost(String host) {
        return new HostCertificate(
                Optional.ofNullable(host), chain(), keys.getPrivate(), CertificateInfo.Source.UPLOADED);
    }

    String pem() {
        return pem("CERTIFICATE", der());
    }

    byte[] der() {
        try {
            return certificate.getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Its key in PKCS#8. */
    String keyPem() {
        return pem("PRIVATE KEY", keys.getPrivate().getEncoded());
    }

    /** All that an upload needs. */
    String wholePem() {
        StringBuilder text = new StringBuilder();
        for (TestCertificate c = this; c != null; c = c.issuer) {
            text.append(c.pem());
        }
        return text + keyPem();
    }

    byte[] pkcs12(String passphrase) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("1", keys.getPrivate(), passphrase.toCharArray(), chain().toArray(Certificate[]::new));
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            store.store(bytes, passphrase.toCharArray());
            return bytes.toByteArray();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static String pem(String label, byte[] der) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static KeyPair ec(String curve) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(curve));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static KeyPair keys(String algorithm, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            if (bits > 0) {
                generator.initialize(bits);
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How a certificate shall be; as a good one is, unless told otherwise. */
    static final class Builder {

        private final String name;
        private KeyPair keys;
        private List<String> names = List.of();
        private Instant notBefore = NOW.minus(Duration.ofDays(30));
        private Instant notAfter = NOW.plus(Duration.ofDays(300));
        private boolean authority;
        private int usage = KeyUsage.digitalSignature;
        private KeyPurposeId purpose = KeyPurposeId.id_kp_serverAuth;
        private String digest = "SHA256";
        private boolean mustStaple;

        Builder(String name) {
            this.name = name;
        }

        Builder keys(KeyPair given) {
            keys = given;
            return this;
        }

        Builder names(String... alternatives) {
            names = List.of(alternatives);
            return this;
        }

        Builder valid(Instant from, Instant to) {
            notBefore = from;
            notAfter = to;
            return this;
        }

        Builder authority() {
            authority = true;
            usage = KeyUsage.keyCertSign | KeyUsage.cRLSign;
            return this;
        }

        Builder usage(int bits) {
            usage = bits;
            return this;
        }

        Builder purpose(KeyPurposeId id) {
            purpose = id;
            return this;
        }

        Builder digest(String algorithm) {
            digest = algorithm;
            return this;
        }

        Builder mustStaple() {
            mustStaple = true;
            return this;
        }

        /** @param issuer null for one that vouches for itself */
        TestCertificate issuedBy(TestCertificate issuer) {
            keys = keys == null ? ec("secp256r1") : keys;
            PrivateKey signer = issuer == null ? keys.getPrivate() : issuer.keys.getPrivate();
            try {
                X509Certificate certificate = new JcaX509CertificateConverter()
                        .getCertificate(builder(issuer)
                                .build(new JcaContentSignerBuilder(digest + with(signer)).build(signer)));
                return new TestCertificate(certificate, keys, issuer);
            } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
                throw new IllegalStateException(e);
            }
        }

        private static String with(PrivateKey signer) {
            return signer.getAlgorithm().equals("EC") ? "withECDSA" : "with" + signer.getAlgorithm();
        }

        private JcaX509v3CertificateBuilder builder(TestCertificate issuer) throws IOException {
            X500Principal subject = new X500Principal("CN=" + name);
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    issuer == null ? subject : issuer.certificate.getSubjectX500Principal(),
                    BigInteger.valueOf(SERIAL.getAndIncrement()),
                    Date.from(notBefore),
                    Date.from(notAfter),
                    subject,
                    keys.getPublic());
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(usage));
            if (authority) {
                builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
            } else {
                builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
            }
            if (!names.isEmpty()) {
                builder.addExtension(Extension.subjectAlternativeName, false, alternatives());
            }
            if (mustStaple) {
                builder.addExtension(new ASN1ObjectIdentifier("1.3.6.1.5.5.7.1.24"), false, new DERSequence());
            }
            return builder;
        }

        private GeneralNames alternatives() {
            return new GeneralNames(names.stream()
                    .map(n -> new GeneralName(HostNames.isAddress(n) ? GeneralName.iPAddress : GeneralName.dNSName, n))
                    .toArray(GeneralName[]::new));
        }
    }
}
