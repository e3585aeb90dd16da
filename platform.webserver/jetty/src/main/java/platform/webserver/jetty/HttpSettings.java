package platform.webserver.jetty;

import java.nio.file.Path;

/**
 * What holds for requests. A change holds from the next request or connection on, without a restart.
 *
 * @param proxies who may say for whom they speak
 * @param httpProxyProtocol whether these proxies begin a connection to the plain port with the PROXY protocol
 * @param httpsProxyProtocol the same of the port of HTTPS
 * @param compress the bytes from which on a response is compressed; 0 is never
 */
record HttpSettings(
        HttpLimits limits,
        Proxies proxies,
        boolean httpProxyProtocol,
        boolean httpsProxyProtocol,
        int compress,
        AccessLogSettings log) {

    HttpSettings {
        Bounds.check("compress.bytes", compress, 0, Integer.MAX_VALUE);
    }

    /** @param logs the folder of all logs */
    static HttpSettings of(Path logs, Config config) {
        return new HttpSettings(
                HttpLimits.of(config),
                Proxies.parse(config.proxies()),
                config.http_proxy_protocol(),
                config.https_proxy_protocol(),
                config.compress_bytes(),
                AccessLogSettings.of(logs, config));
    }
}
