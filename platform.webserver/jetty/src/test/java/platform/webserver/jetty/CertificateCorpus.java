package platform.webserver.jetty;

import static platform.webserver.jetty.TestCertificate.NOW;
import static platform.webserver.jetty.TestCertificate.bytes;
import static platform.webserver.jetty.TestCertificate.pem;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PEMEncryptor;
import org.bouncycastle.openssl.PKCS8Generator;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.bouncycastle.openssl.jcajce.JcePEMEncryptorBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.bouncycastle.util.io.pem.PemHeader;
import org.bouncycastle.util.io.pem.PemObject;
import platform.webserver.api.CertificateUpload;

/** Every form in which administrators have certificates, and every mistake that they make with them. All of it is made here. */
final class CertificateCorpus {

    static final String SECRET = "pass phrase";
    private static final BouncyCastleProvider PROVIDER = new BouncyCastleProvider();

    static final TestCertificate ROOT = TestCertificate.root("Test Root");
    static final TestCertificate UPPER = TestCertificate.authority("Upper CA", ROOT);
    static final TestCertificate LOWER = TestCertificate.authority("Lower CA", UPPER);
    static final TestCertificate SERVER = TestCertificate.server("www.example.com", LOWER);
    static final TestCertificate RSA = new TestCertificate.Builder("rsa.example.com")
            .names("rsa.example.com")
            .keys(TestCertificate.keys("RSA", 2048))
            .issuedBy(ROOT);
    private static final String CHAIN = SERVER.pem() + LOWER.pem() + UPPER.pem() + ROOT.pem();

    private static final String RSA_CHAIN = RSA.pem() + ROOT.pem();
    private static final String WHOLE = SERVER.wholePem();

    private CertificateCorpus() {}

    /** A file, with what is said about it. */
    record Case(String name, byte[] content, String passphrase, String host, String message) {

        Case(String name, byte[] content, String message) {
            this(name, content, null, null, message);
        }

        Case(String name, String content, String message) {
            this(name, bytes(content), message);
        }

        Case with(String secret) {
            return new Case(name, content, secret, host, message);
        }

        Case on(String hostName) {
            return new Case(name, content, passphrase, hostName, message);
        }

        CertificateUpload upload() {
            return new CertificateUpload(content, Optional.ofNullable(passphrase), Optional.ofNullable(host));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** What can be used; the message is a warning, or null where there is none. */
    static Stream<Case> good() {
        return Stream.of(keys(), texts(), chains(), hosts()).flatMap(cases -> cases);
    }

    /** What cannot; the message is the only error. */
    static Stream<Case> bad() {
        return Stream.of(
                        noUpload(),
                        wrongParts(),
                        brokenChains(),
                        brokenTexts(),
                        otherForms(),
                        noPassphrases(),
                        useless())
                .flatMap(cases -> cases);
    }

    /** Each form of a key. */
    private static Stream<Case> keys() {
        return Stream.of(
                new Case("PKCS#8, in order", SERVER.wholePem(), null),
                new Case("the key first", SERVER.keyPem() + CHAIN, null),
                new Case("EC form (SEC 1)", CHAIN + traditional(SERVER.keys.getPrivate()), null),
                new Case(
                        "EC with its parameters",
                        CHAIN + pem("EC PARAMETERS", new byte[] {6, 1, 1}) + SERVER.keyPem(),
                        null),
                new Case(
                        "PKCS#1",
                        RSA_CHAIN + traditional(RSA.keys.getPrivate()),
                        "not for www.example.com, but for rsa.example.com"),
                new Case("PKCS#8, RSA", RSA_CHAIN + RSA.keyPem(), "not for www.example.com, but for rsa.example.com"),
                new Case("PKCS#8, encrypted", CHAIN + encrypted(SERVER.keys.getPrivate()), null).with(SECRET),
                new Case("EC form, encrypted", CHAIN + legacyEncrypted(SERVER.keys.getPrivate(), "AES-256-CBC"), null)
                        .with(SECRET),
                new Case(
                                "PKCS#1, encrypted",
                                RSA_CHAIN + legacyEncrypted(RSA.keys.getPrivate(), "DES-EDE3-CBC"),
                                "not for www.example.com")
                        .with(SECRET),
                new Case("PKCS#12", SERVER.pkcs12(SECRET), null).with(SECRET),
                new Case("DER, PKCS#8", derOf(SERVER.wholePem()), null),
                new Case("DER, the key first", derOf(SERVER.keyPem() + CHAIN), null),
                new Case("DER, EC form", derOf(CHAIN + traditional(SERVER.keys.getPrivate())), null),
                new Case(
                        "DER, PKCS#1",
                        derOf(RSA_CHAIN + traditional(RSA.keys.getPrivate())),
                        "not for www.example.com"),
                new Case("DER, encrypted", derOf(CHAIN + encrypted(SERVER.keys.getPrivate())), null).with(SECRET));
    }

    /** What editors, mail and copying do to a text. */
    private static Stream<Case> texts() {
        return Stream.of(
                new Case("CRLF", SERVER.wholePem().replace("\n", "\r\n"), null),
                new Case("CR", SERVER.wholePem().replace('\n', '\r'), null),
                new Case("BOM", '\uFEFF' + SERVER.wholePem(), null),
                new Case("UTF-16", utf16(SERVER.wholePem()), null),
                new Case(
                        "text around",
                        "subject=www.example.com: a\n"
                                + SERVER.wholePem()
                                        .replace(
                                                "-----END CERTIFICATE-----",
                                                "-----END CERTIFICATE-----\n\nBag Attributes\n    friendlyName: x\n"),
                        null),
                new Case("indented, blanks at the ends", SERVER.wholePem().replace("\n", "  \n  "), null),
                new Case("no line end at the end", SERVER.wholePem().strip(), null));
    }

    /** More than is needed, or in another order. */
    private static Stream<Case> chains() {
        return Stream.of(
                new Case("the same key twice", SERVER.wholePem() + traditional(SERVER.keys.getPrivate()), null),
                new Case(
                        "wrong order",
                        ROOT.pem() + LOWER.pem() + SERVER.pem() + UPPER.pem() + SERVER.keyPem(),
                        "order of the chain, which has been mended"),
                new Case(
                        "a certificate twice",
                        CHAIN + LOWER.pem() + SERVER.keyPem(),
                        "'Lower CA' is in the file more than once"),
                new Case(
                        "a stranger's certificate",
                        CHAIN + RSA.pem() + SERVER.keyPem(),
                        "'rsa.example.com' is not part of the chain"),
                new Case(
                        "a part that is not needed",
                        CHAIN + SERVER.keyPem() + pem("X509 CRL", new byte[] {48, 0}),
                        "The X509 CRL in line"),
                new Case("a passphrase for nothing", SERVER.wholePem(), "the private key is not encrypted")
                        .with(SECRET));
    }

    /** For whom, and for how long. */
    private static Stream<Case> hosts() {
        return Stream.of(
                new Case("for another host", SERVER.wholePem(), "not for shop.example.com, but for www.example.com")
                        .on("Shop.Example.com."),
                new Case("for its own host", SERVER.wholePem(), null).on("WWW.example.com"),
                new Case(
                        "self-signed",
                        TestCertificate.server("www.example.com", null).wholePem(),
                        "self-signed: browsers warn"),
                new Case(
                        "soon expired",
                        signedBy(server().valid(NOW.minus(Duration.ofDays(80)), NOW.plus(Duration.ofDays(10)))),
                        "expires on 2026-12-06"),
                new Case("must staple", signedBy(server().mustStaple()), "demands OCSP stapling"),
                new Case("no alternative names", server().issuedBy(ROOT).wholePem(), "has no alternative names"));
    }

    /** No upload at all. */
    private static Stream<Case> noUpload() {
        return Stream.of(
                new Case("empty", "", "The file is empty"),
                new Case("blank", " \r\n\n", "The file is empty"),
                new Case("huge", new byte[(1 << 20) + 1], "1048577 bytes, too many"),
                new Case("something else", "no certificate at all", "neither PEM nor DER nor PKCS#12"));
    }

    /** Not the parts that belong together. */
    private static Stream<Case> wrongParts() {
        return Stream.of(
                new Case("no key", CHAIN, "has no private key"),
                new Case("no certificate", SERVER.keyPem(), "has no certificate"),
                new Case(
                        "wrong key",
                        CHAIN + TestCertificate.server("x", null).keyPem(),
                        "belongs to no certificate in the file"),
                new Case("two keys", WHOLE + RSA.keyPem(), "2 different private keys"));
    }

    /** Chains that clients refuse. */
    private static Stream<Case> brokenChains() {
        TestCertificate falseLower = TestCertificate.authority("Lower CA", ROOT);
        TestCertificate noAuthority = TestCertificate.server("No CA", ROOT);
        return Stream.of(
                new Case(
                        "missing intermediate",
                        SERVER.pem() + UPPER.pem() + ROOT.pem() + SERVER.keyPem(),
                        "gap: the certificate of 'Lower CA', which has signed that of 'www.example.com'"),
                new Case(
                        "missing root",
                        SERVER.pem() + LOWER.pem() + UPPER.pem() + SERVER.keyPem(),
                        "gap: the certificate of 'Test Root', which has signed that of 'Upper CA'"),
                new Case(
                        "an issuer of the same name",
                        SERVER.pem() + falseLower.pem() + ROOT.pem() + SERVER.keyPem(),
                        "is not signed by the 'Lower CA' in the file"),
                new Case(
                        "an issuer that is no authority",
                        TestCertificate.server("www.example.com", noAuthority).wholePem(),
                        "'No CA' has signed another one, but is not that of an authority"));
    }

    /** Damaged PEM. */
    private static Stream<Case> brokenTexts() {
        return Stream.of(
                new Case(
                        "cut off in the base64",
                        WHOLE.substring(0, 400),
                        "cut off: the CERTIFICATE that begins in line 1"),
                new Case(
                        "cut off before the last END",
                        WHOLE.substring(0, WHOLE.indexOf("-----END PRIVATE")),
                        "cut off: the PRIVATE KEY"),
                new Case("cut off at the front", WHOLE.substring(100), "ends in line"),
                new Case(
                        "an END is missing",
                        WHOLE.replaceFirst("-----END CERTIFICATE-----\n", ""),
                        "says BEGIN CERTIFICATE"),
                new Case("another END", WHOLE.replace("END PRIVATE KEY", "END CERTIFICATE"), "says END CERTIFICATE"),
                new Case("base64 damaged", WHOLE.replaceFirst("MII", "M!I"), "is not base64"),
                new Case(
                        "base64 cut",
                        WHOLE.replaceFirst("(?s)(MI.{70}).*?-----END", "$1\n-----END"),
                        "its base64 lacks its end"),
                new Case(
                        "another's base64",
                        pem("CERTIFICATE", new byte[] {48, 3, 2, 1, 1}) + SERVER.keyPem(),
                        "its base64 holds no certificate"),
                new Case(
                        "nothing between BEGIN and END",
                        pem("CERTIFICATE", new byte[0]) + SERVER.keyPem(),
                        "line 1 is empty"),
                new Case("DER in PEM's clothes", clothed(SERVER.der()), "holds binary data (DER)"),
                new Case("line breaks lost", WHOLE.replace('\n', ' '), "line breaks have been lost"),
                new Case("four hyphens", WHOLE.replaceFirst("-----BEGIN", "----BEGIN"), "five hyphens"));
    }

    /** Another form, or another thing. */
    private static Stream<Case> otherForms() {
        return Stream.of(
                new Case("DER, only the certificate", SERVER.der(), "no private key"),
                new Case("DER, only the key", SERVER.keys.getPrivate().getEncoded(), "no certificate"),
                new Case("DER, a request", derOf(request()), "a request for a certificate (CSR)"),
                new Case(
                        "DER, then PEM",
                        concatenated(SERVER.der(), SERVER.keyPem().getBytes(StandardCharsets.US_ASCII)),
                        "all DER, or all PEM"),
                new Case("DER, a public key", SERVER.keys.getPublic().getEncoded(), "a public key"),
                new Case("DER, cut off", Arrays.copyOf(SERVER.der(), 200), "bytes, and says itself that it has more"),
                new Case("a Java keystore", new byte[] {-2, -19, -2, -19, 0, 0, 0, 2}, "is a Java keystore"),
                new Case("PKCS#7", pem("PKCS7", new byte[] {48, 0}) + SERVER.keyPem(), "is a PKCS#7 bundle"),
                new Case(
                        "EC form without its curve",
                        CHAIN + pem("EC PRIVATE KEY", inner(SERVER.keys.getPrivate())),
                        "of a kind that browsers do not accept"),
                new Case(
                        "a damaged key",
                        CHAIN + pem("RSA PRIVATE KEY", new byte[] {48, 3, 2, 1, 0}),
                        "private key in line"),
                new Case("a request", request() + SERVER.keyPem(), "a request for a certificate (CSR)"),
                new Case(
                        "a public key",
                        CHAIN + pem("PUBLIC KEY", SERVER.keys.getPublic().getEncoded()),
                        "a public key"),
                new Case("a key for SSH", CHAIN + pem("OPENSSH PRIVATE KEY", new byte[] {1}), "a key for SSH"),
                new Case("a DSA key", CHAIN + pem("DSA PRIVATE KEY", new byte[] {1}), "a DSA key"));
    }

    /** Locked. */
    private static Stream<Case> noPassphrases() {
        return Stream.of(
                new Case("PKCS#12, no passphrase", SERVER.pkcs12(SECRET), "PKCS#12 file is encrypted"),
                new Case("PKCS#12, wrong passphrase", SERVER.pkcs12(SECRET), "does not open the PKCS#12").with("guess"),
                new Case(
                        "PKCS#8, no passphrase",
                        CHAIN + encrypted(SERVER.keys.getPrivate()),
                        "no passphrase was given"),
                new Case(
                                "PKCS#8, wrong passphrase",
                                CHAIN + encrypted(SERVER.keys.getPrivate()),
                                "passphrase does not open the private key")
                        .with("guess"),
                new Case(
                        "old encryption, no passphrase",
                        CHAIN + legacyEncrypted(SERVER.keys.getPrivate(), "AES-128-CBC"),
                        "is encrypted, and no"),
                new Case(
                                "old encryption, wrong passphrase",
                                CHAIN + legacyEncrypted(SERVER.keys.getPrivate(), "AES-128-CBC"),
                                "does not open")
                        .with("guess"));
    }

    /** Certificates that no browser takes, or not for this. */
    private static Stream<Case> useless() {
        TestCertificate oldAuthority = new TestCertificate.Builder("Old CA")
                .authority()
                .valid(NOW.minus(Duration.ofDays(900)), NOW.minus(Duration.ofDays(1)))
                .issuedBy(ROOT);
        return Stream.of(
                new Case(
                        "Ed25519",
                        signedBy(server().keys(TestCertificate.keys("Ed25519", 0))),
                        "kind that browsers do not"),
                new Case(
                        "RSA of 1024 bits",
                        signedBy(server().keys(TestCertificate.keys("RSA", 1024))),
                        "too weak: RSA with 1024 bits"),
                new Case("SHA-1", signedBy(server().digest("SHA1")), "signed with SHA1withECDSA"),
                new Case(
                        "expired",
                        signedBy(server().valid(NOW.minus(Duration.ofDays(90)), NOW.minus(Duration.ofSeconds(1)))),
                        "'www.example.com' has expired on 2026-11-26"),
                new Case(
                        "an issuer has expired",
                        TestCertificate.server("www.example.com", oldAuthority).wholePem(),
                        "'Old CA' has expired on 2026-11-25"),
                new Case(
                        "not yet valid",
                        signedBy(server().valid(NOW.plus(Duration.ofDays(1)), NOW.plus(Duration.ofDays(90)))),
                        "not valid before 2026-11-27"),
                new Case(
                        "only for clients",
                        signedBy(server().purpose(KeyPurposeId.id_kp_clientAuth)),
                        "lacks serverAuth"),
                new Case("may not sign", signedBy(server().usage(KeyUsage.keyEncipherment)), "lacks digitalSignature"),
                new Case("for no host", WHOLE, "is no host name").on("www_example"),
                new Case("for an address", WHOLE, "is an address").on("192.0.2.1"));
    }

    private static String write(Object object) {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(object);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return text.toString();
    }

    /** As OpenSSL wrote keys until 1.0: PKCS#1 or SEC 1. */
    private static String traditional(PrivateKey key) {
        return pem(label(key), traditionalDer(key));
    }

    private static String label(PrivateKey key) {
        return key.getAlgorithm() + " PRIVATE KEY";
    }

    /** What PKCS#8 says around an EC key, that is its curve, has to be in it now. */
    private static byte[] traditionalDer(PrivateKey key) {
        try {
            return key instanceof ECPrivateKey ec
                    ? new org.bouncycastle.asn1.sec.ECPrivateKey(256, ec.getS(), SECObjectIdentifiers.secp256r1)
                            .getEncoded()
                    : inner(key);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String legacyEncrypted(PrivateKey key, String cipher) {
        PEMEncryptor encryptor =
                new JcePEMEncryptorBuilder(cipher).setProvider(PROVIDER).build(SECRET.toCharArray());
        String iv = HexFormat.of().withUpperCase().formatHex(encryptor.getIV());
        List<PemHeader> headers =
                List.of(new PemHeader("Proc-Type", "4,ENCRYPTED"), new PemHeader("DEK-Info", cipher + "," + iv));
        try {
            return write(new PemObject(label(key), headers, encryptor.encrypt(traditionalDer(key))));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encrypted(PrivateKey key) {
        try {
            return write(new JcaPKCS8Generator(
                    key,
                    new JceOpenSSLPKCS8EncryptorBuilder(PKCS8Generator.AES_256_CBC)
                            .setProvider(PROVIDER)
                            .setPassword(SECRET.toCharArray())
                            .build()));
        } catch (IOException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The structure inside PKCS#8, which is PKCS#1 or SEC 1. */
    private static byte[] inner(PrivateKey key) {
        try {
            return PrivateKeyInfo.getInstance(key.getEncoded())
                    .parsePrivateKey()
                    .toASN1Primitive()
                    .getEncoded();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String request() {
        try {
            return write(new JcaPKCS10CertificationRequestBuilder(
                            SERVER.certificate.getSubjectX500Principal(), SERVER.keys.getPublic())
                    .build(new JcaContentSignerBuilder("SHA256withECDSA").build(SERVER.keys.getPrivate())));
        } catch (OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    static String signedBy(TestCertificate.Builder builder) {
        return builder.names("www.example.com").issuedBy(ROOT).wholePem();
    }

    static TestCertificate.Builder server() {
        return new TestCertificate.Builder("www.example.com");
    }

    private static byte[] utf16(String text) {
        return text.getBytes(StandardCharsets.UTF_16);
    }

    private static byte[] clothed(byte[] der) {
        String body = new String(der, StandardCharsets.ISO_8859_1);
        return ("-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n")
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] concatenated(byte[] first, byte[] second) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(first);
        all.writeBytes(second);
        return all.toByteArray();
    }

    /** All parts, one after the other. */
    private static byte[] derOf(String pem) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (String part : pem.split("-----END[^\n]*")) {
            all.writeBytes(Base64.getMimeDecoder().decode(part.replaceAll("-----BEGIN.*", "")));
        }
        return all.toByteArray();
    }
}
