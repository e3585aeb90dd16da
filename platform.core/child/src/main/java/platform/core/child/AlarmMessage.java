package platform.core.child;

import platform.core.api.AlarmSeverity;

/** An alarm of an instance's; one that is cleared has its code only. */
public record AlarmMessage(
        String instance, AlarmSeverity severity, String code, String text, String cause, String fix) {}
