package platform.webserver.jetty;

import java.io.IOException;
import java.security.cert.CertificateException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.ASN1BitString;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;

/** Binary files, one after the other: DER says how long each is, but not what it is, which only its structure shows. */
final class DerParts {

    static final String PKCS12 = "PKCS12";

    private static final int PKCS12_VERSION = 3;

    private DerParts() {}

    /** @return at least one */
    static List<PemBlock> of(byte[] content) throws UnusableException {
        List<PemBlock> parts = new ArrayList<>();
        int begin = 0;
        while (begin < content.length) {
            byte[] rest = Arrays.copyOfRange(content, begin, content.length);
            if (Der.isCutOff(rest)) {
                throw new UnusableException("The file is cut off: it has " + content.length
                        + " bytes, and says itself that it has more. Copy the whole file.");
            }
            ASN1Sequence sequence = sequence(rest, begin);
            byte[] part = Arrays.copyOf(rest, (int) Der.declared(rest));
            parts.add(new PemBlock(label(sequence, part), "at byte " + begin, Map.of(), part));
            begin += part.length;
        }
        return parts;
    }

    private static ASN1Sequence sequence(byte[] bytes, int begin) throws UnusableException {
        try {
            byte[] part = Arrays.copyOf(bytes, (int) Math.min(bytes.length, Der.declared(bytes)));
            return ASN1Sequence.getInstance(ASN1Primitive.fromByteArray(part));
        } catch (IOException | RuntimeException e) {
            throw new UnusableException(
                    begin == 0
                            ? "The file is neither PEM nor DER nor PKCS#12. Give the certificate with its chain and its "
                                    + "private key in one of these forms."
                            : "What begins at byte " + begin + " is no DER. Give files that are all DER, or all PEM.",
                    e);
        }
    }

    private static String label(ASN1Sequence sequence, byte[] part) {
        ASN1Encodable first = sequence.size() < 2 ? null : sequence.getObjectAt(0);
        ASN1Encodable second = sequence.size() < 2 ? null : sequence.getObjectAt(1);
        if (first instanceof ASN1ObjectIdentifier) {
            return "PKCS7";
        }
        if (first instanceof ASN1Integer version) {
            return version.hasValue(PKCS12_VERSION) ? PKCS12 : keyLabel(second);
        }
        if (second instanceof ASN1OctetString) {
            return "ENCRYPTED PRIVATE KEY";
        }
        if (second instanceof ASN1BitString) {
            return "PUBLIC KEY";
        }
        return isCertificate(part) ? "CERTIFICATE" : "CERTIFICATE REQUEST";
    }

    /** What follows a key's version: its primes (PKCS#1), itself (SEC 1), or what kind it is (PKCS#8). */
    private static String keyLabel(ASN1Encodable second) {
        if (second instanceof ASN1Integer) {
            return "RSA PRIVATE KEY";
        }
        return second instanceof ASN1OctetString ? "EC PRIVATE KEY" : "PRIVATE KEY";
    }

    private static boolean isCertificate(byte[] part) {
        try {
            return Der.certificate(part) != null;
        } catch (CertificateException e) {
            return false;
        }
    }
}
