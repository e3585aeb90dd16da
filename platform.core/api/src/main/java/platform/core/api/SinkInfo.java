package platform.core.api;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A place that alarms are told to. It holds no secret.
 *
 * @param name what it is called
 * @param address its address, with the user
 * @param hasSecret whether a password is kept for it
 * @param authorities the file with the authorities that its certificate may be signed by; empty for those of Java
 * @param severity how bad an alarm must be to be told
 * @param repeat how often an active alarm is told again; zero for never
 * @param from the sender of e-mail
 * @param to who gets e-mail
 * @param waiting how many messages wait to be told
 * @param problem why the last attempt failed; empty when it did not
 */
public record SinkInfo(
        String name,
        String address,
        boolean hasSecret,
        Optional<Path> authorities,
        AlarmSeverity severity,
        Duration repeat,
        Optional<String> from,
        List<String> to,
        int waiting,
        String problem) {}
