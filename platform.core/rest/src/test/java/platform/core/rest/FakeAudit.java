package platform.core.rest;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import platform.core.api.AuditCheck;
import platform.core.api.AuditEntry;
import platform.core.api.AuditEvent;
import platform.core.api.PlatformException;

/** Remembers what was noted. */
final class FakeAudit {

    final List<AuditEntry> entries = new ArrayList<>();
    final AtomicBoolean broken = new AtomicBoolean();

    synchronized long begin(AuditEvent event) {
        if (broken.get()) {
            throw PlatformException.failed("The audit cannot be written.", null);
        }
        return add(event, "begun", OptionalLong.empty(), "", "");
    }

    synchronized void end(long number, AuditEvent event, String result, String before, String after) {
        add(event, result, OptionalLong.of(number), before, after);
    }

    synchronized void refuse(AuditEvent event, String reason) {
        add(event, "refused: " + reason, OptionalLong.empty(), "", "");
    }

    private long add(AuditEvent event, String result, OptionalLong ends, String before, String after) {
        long number = entries.size() + 1L;
        entries.add(new AuditEntry(number, Instant.EPOCH, event, result, ends, before, after, "00"));
        return number;
    }

    synchronized List<AuditEntry> list(Instant since, int limit, String word) {
        return entries.stream().limit(limit).toList();
    }

    AuditCheck verify() {
        return new AuditCheck(1, "", entries.size(), List.of());
    }

    synchronized AuditEntry last() {
        return entries.get(entries.size() - 1);
    }
}
