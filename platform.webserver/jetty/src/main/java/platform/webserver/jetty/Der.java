package platform.webserver.jetty;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;

/** DER (X.690), as far as Java itself can read it. */
final class Der {

    private static final int SEQUENCE = 0x30;
    private static final int LONG_FORM = 0x80;

    private Der() {}

    static X509Certificate certificate(byte[] bytes) throws CertificateException {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(bytes));
    }

    /** Whether it begins as no text does, and as each certificate, key and keystore is long enough to begin. */
    static boolean isBinary(byte[] bytes) {
        return bytes.length > 1 && bytes[0] == SEQUENCE && (bytes[1] & 0xFF) > LONG_FORM;
    }

    /** Whether this is the beginning of a structure, and not all of it. */
    static boolean isCutOff(byte[] bytes) {
        return bytes.length > 1 && bytes[0] == SEQUENCE && bytes.length < declared(bytes);
    }

    /** The first bytes say how long all of it is (section 8.1). */
    static long declared(byte[] bytes) {
        int first = bytes[1] & 0xFF;
        if (first < LONG_FORM) {
            return 2L + first;
        }
        int count = first - LONG_FORM;
        long length = 0;
        for (int i = 0; i < count && i < 4; i++) {
            length = length << 8 | (i + 2 < bytes.length ? bytes[i + 2] & 0xFF : 0xFF);
        }
        return 2L + count + length;
    }
}
