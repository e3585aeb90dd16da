package platform.core.shell;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import platform.core.api.Audit;
import platform.core.api.AuditCheck;
import platform.core.api.AuditEntry;
import platform.core.api.AuditEvent;
import platform.core.api.PlatformException;

/** Remembers what it was told, each in a line. */
final class FakeAudit implements Audit {

    final List<String> entries = new CopyOnWriteArrayList<>();
    final List<AuditEntry> kept = new ArrayList<>();
    List<String> findings = List.of();
    String beginning = "";
    boolean broken;

    @Override
    public long begin(AuditEvent event) {
        if (broken) {
            throw PlatformException.failed("The audit cannot be written.", null);
        }
        return note(event, "begun", OptionalLong.empty(), "", "");
    }

    @Override
    public void end(long number, AuditEvent event, String result, String before, String after) {
        if (Thread.currentThread().isInterrupted()) {
            throw PlatformException.failed("Interrupted while waiting for a connection", null);
        }
        note(event, result, OptionalLong.of(number), before, after);
    }

    @Override
    public void refuse(AuditEvent event, String reason) {
        note(event, "refused: " + reason, OptionalLong.empty(), "", "");
    }

    private synchronized long note(AuditEvent event, String result, OptionalLong ends, String before, String after) {
        String on = event.target().isEmpty() ? "" : " on " + event.target();
        String changed = before.equals(after) ? "" : " [" + before + " -> " + after + "]";
        entries.add(
                event.caller().user() + " " + event.action() + " " + event.arguments() + on + ": " + result + changed);
        kept.add(new AuditEntry(
                kept.size() + 1L, Instant.parse("2026-11-20T10:00:00Z"), event, result, ends, before, after, "abc"));
        return kept.size();
    }

    @Override
    public List<AuditEntry> list(Instant since, int limit, String word) {
        return kept.stream()
                .filter(it -> it.event().toString().contains(word))
                .limit(limit)
                .toList();
    }

    @Override
    public void export(Instant since, Consumer<AuditEntry> reader) {
        kept.forEach(reader);
    }

    @Override
    public AuditCheck verify() {
        return new AuditCheck(1, beginning, kept.size(), findings);
    }
}
