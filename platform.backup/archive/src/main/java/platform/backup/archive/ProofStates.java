package platform.backup.archive;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.backup.api.BackupException;

/** What the schedules have proved, in memory and in a file each: {@code NAME.proofs}. Any thread may call it. */
final class ProofStates {

    private static final Logger LOG = LoggerFactory.getLogger(ProofStates.class);
    private static final String INSTANCE = "instance.";
    private static final String SINCE = "/since";

    private final Path folder;
    private final Map<String, ProofState> states = new HashMap<>();

    ProofStates(Path folder) {
        this.folder = folder;
    }

    /** What this schedule has proved; one that is new, or has a new rule, begins now. */
    synchronized ProofState of(ScheduleBook.Entry entry, Instant now) {
        return update(entry, now, it -> it);
    }

    synchronized ProofState update(ScheduleBook.Entry entry, Instant now, UnaryOperator<ProofState> change) {
        String rule = entry.spec().drill().orElse("") + " " + entry.spec().zone();
        ProofState known = states.computeIfAbsent(entry.name(), name -> read(file(name), now));
        ProofState after = change.apply(known.under(rule, now));
        states.put(entry.name(), after);
        if (!after.equals(known)) {
            write(entry.name(), after);
        }
        return after;
    }

    /** Forgets the others, whose files go with the schedule. */
    synchronized void only(Set<String> names) {
        states.keySet().retainAll(names);
    }

    private Path file(String name) {
        return file(folder, name);
    }

    static Path file(Path folder, String name) {
        return folder.resolve(name + ".proofs");
    }

    /** A full disk must not keep the schedules from going on with what is in memory. */
    private void write(String name, ProofState state) {
        Properties out = new Properties();
        out.setProperty("rule", state.rule());
        out.setProperty("handled", state.handled().toString());
        state.instances().forEach((instance, proof) -> {
            String key = INSTANCE + instance;
            out.setProperty(key + SINCE, proof.since().toString());
            proof.proved().ifPresent(it -> out.setProperty(key + "/proved", it.toString()));
            out.setProperty(key + "/problem", proof.problem());
        });
        try {
            SettingFiles.write(file(name), StateFile.text(out));
        } catch (BackupException e) {
            LOG.error("What the schedule {} has proved is forgotten at the next restart: {}", name, e.getMessage());
        }
    }

    private static ProofState read(Path file, Instant now) {
        try {
            return StateFile.load(file).map(ProofStates::state).orElse(new ProofState("", now, Map.of()));
        } catch (DateTimeException e) {
            LOG.warn("{} is not understood, so the proofs begin anew: {}", file, e.getMessage());
            return new ProofState("", now, Map.of());
        }
    }

    private static ProofState state(Properties in) {
        Map<String, ProofState.Proof> instances = new TreeMap<>();
        for (String key : in.stringPropertyNames()) {
            if (key.startsWith(INSTANCE) && key.endsWith(SINCE)) {
                String instance = key.substring(0, key.length() - SINCE.length());
                instances.put(
                        instance.substring(INSTANCE.length()),
                        new ProofState.Proof(
                                Instant.parse(in.getProperty(key)),
                                Optional.ofNullable(in.getProperty(instance + "/proved"))
                                        .map(Instant::parse),
                                in.getProperty(instance + "/problem", "")));
            }
        }
        return new ProofState(in.getProperty("rule", ""), Instant.parse(in.getProperty("handled", "")), instances);
    }
}
