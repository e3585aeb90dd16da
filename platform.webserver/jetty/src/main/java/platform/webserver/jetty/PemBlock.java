package platform.webserver.jetty;

import java.util.Map;

/**
 * A part of an upload: in a PEM text (RFC 7468) what stands between a BEGIN and its END.
 *
 * @param label what it is, such as {@code CERTIFICATE}
 * @param place where it begins, for messages: {@code in line 7}
 * @param headers those of RFC 1421, which old encrypted keys have
 * @param der what its base64 says
 */
record PemBlock(String label, String place, Map<String, String> headers, byte[] der) {

    boolean isCertificate() {
        return label.equals("CERTIFICATE") || label.equals("X509 CERTIFICATE") || label.equals("TRUSTED CERTIFICATE");
    }

    boolean isKey() {
        return label.endsWith("PRIVATE KEY");
    }

    /** For messages. */
    String where() {
        return "the " + label + " " + place;
    }

    /** Without what is in it. */
    @Override
    public String toString() {
        return where();
    }
}
