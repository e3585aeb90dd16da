package platform.core.api;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A sink to be added. Its text never shows the secret.
 *
 * @param name 1 to 63 lower-case letters, digits and {@code -}
 * @param address {@code https://user@host/path} (HTTP POST; {@code http} is without TLS), {@code smtp://user@host:587} (e-mail,
 *     STARTTLS; {@code smtps} begins with TLS), {@code syslog://host:514} (UDP), {@code syslog+tcp://host:514} or
 *     {@code syslog+tls://host:6514}
 * @param secret the password of the user
 * @param authorities a file with certificates in PEM that are believed instead of those of Java
 * @param severity how bad an alarm must be to be told
 * @param repeat how often an active alarm is told again, zero for never; empty for what is usual: 30 minutes for HTTP, else never
 * @param from the sender of e-mail
 * @param to who gets e-mail
 */
public record SinkSetup(
        String name,
        String address,
        Optional<String> secret,
        Optional<Path> authorities,
        AlarmSeverity severity,
        Optional<Duration> repeat,
        Optional<String> from,
        List<String> to) {

    @Override
    public String toString() {
        return "SinkSetup[" + name + "]";
    }
}
