package platform.webserver.jetty;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import platform.webserver.api.WebserverException;

/**
 * What HTTPS is configured to do.
 *
 * @param hosts the names that the webserver is reached by
 * @param redirect whether plain HTTP is sent to HTTPS
 * @param strict for how long browsers shall use nothing but HTTPS; zero says nothing to them
 */
record TlsSettings(List<String> hosts, boolean redirect, Duration strict) {

    static TlsSettings of(Config config) {
        Bounds.check("hsts.days", config.hsts_days(), 0, 36_500);
        return new TlsSettings(hosts(config.hosts()), config.redirect_https(), Duration.ofDays(config.hsts_days()));
    }

    /**
     * @param list names and addresses, separated by commas
     * @throws WebserverException when one of them is no host name
     */
    static List<String> hosts(String list) {
        try {
            return Stream.of(list.split("[\\s,]+"))
                    .filter(host -> !host.isEmpty())
                    .map(host -> HostNames.isAddress(host) ? host : HostNames.normal(host))
                    .toList();
        } catch (WebserverException e) {
            throw new WebserverException("The setting 'hosts' of the webserver is wrong: " + e.getMessage(), e);
        }
    }
}
