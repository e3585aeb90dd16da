package platform.core.host;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.core.api.AlarmSeverity;
import platform.core.api.AlarmSpec;
import platform.core.api.AppAlarms;
import platform.core.api.TraceFlag;
import platform.core.child.AlarmMessage;
import platform.core.child.PlatformCalls;

/** Tells the platform an instance's alarms, until the instance stops. */
final class HostedAlarms implements AppAlarms {

    private static final Logger TRACE = LoggerFactory.getLogger(TraceFlag.ALARM_CLIENT.logger());

    private final String instance;
    private final PlatformCalls platform;
    private volatile boolean closed;

    HostedAlarms(String instance, PlatformCalls platform) {
        this.instance = instance;
        this.platform = platform;
    }

    @Override
    public void raise(AlarmSeverity severity, String code, String text, String cause, String fix) {
        // Refuses here what the platform would refuse.
        new AlarmSpec(instance, code, severity, text, cause, AlarmSpec.words(fix));
        if (!closed) {
            TRACE.debug("Alarm {} is raised, {}: {}", code, severity, text);
            platform.alarm(new AlarmMessage(instance, severity, code, text, cause, fix));
        }
    }

    @Override
    public void clear(String code) {
        if (!closed) {
            TRACE.debug("Alarm {} is cleared", code);
            platform.alarm(new AlarmMessage(instance, null, code, null, null, null));
        }
    }

    void close() {
        closed = true;
    }
}
