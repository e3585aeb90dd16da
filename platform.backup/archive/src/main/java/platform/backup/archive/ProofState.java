package platform.backup.archive;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a schedule has proved.
 *
 * @param rule the cron expression of the drills and the zone that {@code handled} goes by
 * @param handled up to when nothing is left to prove
 * @param instances what has become of each instance's proof
 */
record ProofState(String rule, Instant handled, Map<String, Proof> instances) {

    ProofState {
        instances = Map.copyOf(instances);
    }

    /**
     * The latest proof of an instance's backups.
     *
     * @param since when the schedule saw the instance first
     * @param proved when its newest backup was last proved on every target
     * @param problem why the latest attempt was none; empty when it went well
     */
    record Proof(Instant since, Optional<Instant> proved, String problem) {

        static Proof none(Instant since) {
            return new Proof(since, Optional.empty(), "");
        }

        Proof with(String failure, Instant now) {
            return new Proof(since, failure.isEmpty() ? Optional.of(now) : proved, failure);
        }
    }

    /** Another rule begins anew: what it would have meant before now was never due. */
    ProofState under(String newRule, Instant now) {
        return rule.equals(newRule) ? this : new ProofState(newRule, now, instances);
    }

    ProofState handled(Instant due) {
        return new ProofState(rule, due, instances);
    }

    ProofState instance(String name, Proof proof) {
        Map<String, Proof> all = new TreeMap<>(instances);
        all.put(name, proof);
        return new ProofState(rule, handled, all);
    }

    /** Knows the instances that there are now, and forgets the others. */
    ProofState only(Iterable<String> names, Instant now) {
        Map<String, Proof> all = new TreeMap<>();
        names.forEach(name -> all.put(name, instances.getOrDefault(name, Proof.none(now))));
        return new ProofState(rule, handled, all);
    }
}
