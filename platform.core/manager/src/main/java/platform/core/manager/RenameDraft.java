package platform.core.manager;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import platform.core.api.InstanceId;
import platform.core.api.RenameChange;
import platform.core.api.RenameRequest;

/**
 * A renaming before it is carried out: the records as they would be.
 *
 * @param request the renaming, also where it is taken back
 * @param undoes the number of the renaming that is taken back; empty when none is
 * @param changes the records that change, by id
 * @param warnings what was left as it is
 */
record RenameDraft(RenameRequest request, Optional<Long> undoes, List<RecordChange> changes, List<String> warnings) {

    /** How long an old path leads to the new one. */
    static final Duration REDIRECT = Duration.ofDays(30);

    static RenameDraft of(RenameRequest request, Collection<InstanceRecord> records, Instant now) {
        Map<String, String> names = names(request, records);
        List<RecordChange> changes = records.stream()
                .map(record -> new RecordChange(record, renamed(record, request, names, redirectUntil(now))))
                .filter(change -> !change.isNone())
                .toList();
        return new RenameDraft(request, Optional.empty(), changes, leftAsTheyAre(request, records, names));
    }

    private static Instant redirectUntil(Instant now) {
        return now.plus(REDIRECT).truncatedTo(ChronoUnit.SECONDS);
    }

    /** What becomes what: the name itself, and the instances' own hosts that are in the domain. */
    private static Map<String, String> names(RenameRequest request, Collection<InstanceRecord> records) {
        Map<String, String> names = new HashMap<>(Map.of(request.oldName(), request.newName()));
        String suffix = "." + request.oldName();
        records.stream()
                .flatMap(record -> record.host().stream())
                .filter(host -> request.kind() == RenameRequest.Kind.DOMAIN && host.endsWith(suffix))
                .forEach(host ->
                        names.put(host, host.substring(0, host.length() - suffix.length() + 1) + request.newName()));
        return names;
    }

    private static InstanceRecord renamed(
            InstanceRecord record, RenameRequest request, Map<String, String> names, Instant redirectUntil) {
        Map<String, String> settings = new HashMap<>(record.settings());
        settings.replaceAll((key, value) -> HostNames.replace(value, names));
        InstanceRecord renamed = record.withSettings(Map.copyOf(settings))
                .withAliases(record.host().map(host -> names.getOrDefault(host, host)), record.formerPaths());
        boolean inDomain = request.kind() == RenameRequest.Kind.DOMAIN
                && record.id().domain().equals(request.oldName());
        return inDomain
                ? follow(renamed.withId(new InstanceId(record.id().name(), request.newName())), request, redirectUntil)
                : renamed;
    }

    /** A path that begins with the domain follows it, as the default path does; any other was chosen on purpose. */
    private static InstanceRecord follow(InstanceRecord record, RenameRequest request, Instant redirectUntil) {
        String first = "/" + request.oldName();
        String path = record.path();
        return path.equals(first) || path.startsWith(first + "/")
                ? record.movedTo("/" + request.newName() + path.substring(first.length()), redirectUntil)
                : record;
    }

    private static List<String> leftAsTheyAre(
            RenameRequest request, Collection<InstanceRecord> records, Map<String, String> names) {
        return records.stream()
                .flatMap(record -> record.settings().entrySet().stream()
                        .filter(setting ->
                                HostNames.hasHostBelow(HostNames.replace(setting.getValue(), names), request.oldName()))
                        .map(setting -> "The setting " + setting.getKey() + " of " + record.id()
                                + " names a host below " + request.oldName() + ", which is another name and stays: "
                                + setting.getValue()))
                .sorted()
                .toList();
    }

    /** The way back of a renaming; what has changed since stays as it is. */
    static RenameDraft undoOf(RenameJournal.Entry done, Collection<InstanceRecord> records, Instant now) {
        RenameReversal reversal = new RenameReversal(records, done.begun(), redirectUntil(now));
        done.changesByInstance().forEach(reversal::reverse);
        List<RecordChange> changes = reversal.changes().stream()
                .sorted(Comparator.comparing(change -> change.before().id()))
                .toList();
        return new RenameDraft(done.request(), Optional.of(done.number()), changes, reversal.warnings());
    }

    /** The same, thing by thing. */
    List<RenameChange> describe() {
        return changes.stream().flatMap(change -> change.describe().stream()).toList();
    }
}
