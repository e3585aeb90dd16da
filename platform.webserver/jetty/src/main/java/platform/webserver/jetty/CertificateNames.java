package platform.webserver.jetty;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names in certificates, and which hosts they fit (RFC 6125 section 6.4; the common name counts for nobody any more). */
final class CertificateNames {

    private static final int DNS = 2;
    private static final int ADDRESS = 7;
    private static final Pattern COMMON_NAME = Pattern.compile("(?:^|,)CN=((?:\\\\.|[^,\\\\])+)");

    private CertificateNames() {}

    /** The DNS names in lower case and the addresses that a certificate is for. */
    static List<String> of(X509Certificate certificate) {
        List<String> names = new ArrayList<>();
        for (List<?> name : alternatives(certificate)) {
            if (name.get(0).equals(DNS) || name.get(0).equals(ADDRESS)) {
                names.add(name.get(1).toString().toLowerCase(Locale.ROOT));
            }
        }
        return names;
    }

    private static Collection<List<?>> alternatives(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names == null ? List.of() : names;
        } catch (CertificateParsingException e) {
            return List.of();
        }
    }

    /** Whether a certificate with these names is one for this host, or for the hosts of this wildcard. */
    static boolean cover(List<String> names, String host) {
        return names.contains(host) || names.contains(wildcard(host));
    }

    /** The wildcard that stands for a host: {@code *.example.com} for {@code www.example.com}. */
    static String wildcard(String host) {
        int dot = host.indexOf('.');
        return dot < 0 ? host : "*" + host.substring(dot);
    }

    /** What people call it: its common name, or all of its subject. */
    static String title(X509Certificate certificate) {
        return title(certificate.getSubjectX500Principal().getName());
    }

    static String issuerTitle(X509Certificate certificate) {
        return title(certificate.getIssuerX500Principal().getName());
    }

    private static String title(String distinguishedName) {
        Matcher commonName = COMMON_NAME.matcher(distinguishedName);
        if (commonName.find()) {
            return "'" + commonName.group(1).replaceAll("\\\\(.)", "$1") + "'";
        }
        return distinguishedName.isEmpty() ? "(no subject)" : "'" + distinguishedName + "'";
    }
}
