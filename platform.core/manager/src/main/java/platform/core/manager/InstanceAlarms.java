package platform.core.manager;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.core.api.AlarmSeverity;
import platform.core.api.AlarmSpec;
import platform.core.api.Alarms;
import platform.core.api.AppAlarms;
import platform.core.api.InstanceId;
import platform.core.api.TraceFlag;

/** The alarms of one instance, from its start to its stop: code that goes on after that raises none. */
final class InstanceAlarms implements AppAlarms {

    private static final Logger TRACE = LoggerFactory.getLogger(TraceFlag.ALARM_CLIENT.logger());

    private final Alarms alarms;
    private final String source;
    private volatile boolean closed;

    InstanceAlarms(Alarms alarms, InstanceId id) {
        this.alarms = alarms;
        this.source = id.toString();
    }

    @Override
    public void raise(AlarmSeverity severity, String code, String text, String cause, String fix) {
        AlarmSpec alarm = new AlarmSpec(source, code, severity, text, cause, AlarmSpec.words(fix));
        if (!closed) {
            TRACE.debug("Alarm {} is raised, {}: {}", code, severity, text);
            alarms.raise(alarm);
        }
    }

    @Override
    public void clear(String code) {
        if (!closed) {
            TRACE.debug("Alarm {} is cleared", code);
            alarms.clear(source, code);
        }
    }

    void close() {
        closed = true;
    }
}
