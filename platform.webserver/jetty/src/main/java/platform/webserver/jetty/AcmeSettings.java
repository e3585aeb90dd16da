package platform.webserver.jetty;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import platform.webserver.api.WebserverException;

/**
 * How certificates are obtained by ACME.
 *
 * @param directory where the authority begins (RFC 8555 section 7.1.1)
 * @param hosts the hosts that get a certificate each; empty when ACME is off
 * @param contacts {@code mailto:} addresses
 * @param authority a PEM file with what vouches for the authority's own HTTPS; empty when Java knows it
 * @param renewBefore how long before its end a certificate is renewed
 */
record AcmeSettings(
        URI directory, List<String> hosts, List<URI> contacts, Optional<Path> authority, Duration renewBefore) {

    private static final Pattern SEPARATOR = Pattern.compile("[,\\s]+");
    private static final Pattern MAIL = Pattern.compile("[^@:/?\\s]+@[^@:/?\\s]+");
    private static final String FILE = "etc/platform.webserver.acme.cfg";

    /**
     * @param data the data folder, against which the authority's file is resolved
     * @throws WebserverException names the setting that cannot be used
     */
    static AcmeSettings of(AcmeConfig config, Path data) {
        List<String> hosts =
                words(config.hosts()).map(AcmeSettings::host).distinct().toList();
        if (hosts.isEmpty()) {
            return new AcmeSettings(URI.create(""), List.of(), List.of(), Optional.empty(), Duration.ZERO);
        }
        URI directory = directory(config.directory().strip());
        if (!config.terms_agreed()) {
            throw refused("the terms of service of " + directory.getHost() + " are not agreed to. Read them, and set"
                    + " terms.agreed = true if you do");
        }
        if (config.renew_days() < 1) {
            throw refused("renew.days is " + config.renew_days() + ". Give a number of days from 1, such as 30");
        }
        return new AcmeSettings(
                directory,
                hosts,
                words(config.contact()).map(AcmeSettings::contact).toList(),
                Optional.of(config.ca_file().strip())
                        .filter(it -> !it.isEmpty())
                        .map(data::resolve),
                Duration.ofDays(config.renew_days()));
    }

    private static Stream<String> words(String list) {
        return SEPARATOR.splitAsStream(list).filter(word -> !word.isEmpty());
    }

    private static String host(String given) {
        String host = HostNames.normal(given);
        if (host.startsWith("*")) {
            throw refused("hosts names '" + given + "', but a certificate for all names of a domain is not given out"
                    + " by HTTP-01. Name each host");
        }
        return host;
    }

    private static URI directory(String given) {
        try {
            URI uri = URI.create(given);
            if ("https".equals(uri.getScheme()) && uri.getHost() != null) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            throw refused(notHttps(given), e);
        }
        throw refused(notHttps(given));
    }

    private static String notHttps(String given) {
        return "directory is '" + given + "', which is no address that begins with https://. Let's Encrypt's is"
                + " https://acme-v02.api.letsencrypt.org/directory";
    }

    private static URI contact(String given) {
        String mail = given.startsWith("mailto:") ? given.substring("mailto:".length()) : given;
        if (!MAIL.matcher(mail).matches()) {
            throw refused("contact names '" + given + "', which is no mail address");
        }
        try {
            return URI.create("mailto:" + mail);
        } catch (IllegalArgumentException e) {
            throw refused("contact names '" + given + "', which is no mail address", e);
        }
    }

    private static WebserverException refused(String reason) {
        return new WebserverException(sentence(reason));
    }

    private static WebserverException refused(String reason, Throwable cause) {
        return new WebserverException(sentence(reason), cause);
    }

    private static String sentence(String reason) {
        return "No certificate is obtained by ACME: in " + FILE + ", " + reason + ".";
    }

    boolean isOff() {
        return hosts.isEmpty();
    }
}
