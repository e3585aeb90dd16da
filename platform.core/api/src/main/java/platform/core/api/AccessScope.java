package platform.core.api;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where somebody may use his role: everywhere, or with the instances of some domains and with some single instances only. Its
 * text is {@code everything}, or {@code *@example.com,acme@example.org}.
 *
 * @param everything whether it has no bounds; the other parts are empty then
 * @param domains all instances of these domains
 * @param instances these instances
 */
public record AccessScope(boolean everything, Set<String> domains, Set<InstanceId> instances) {

    /** No bounds. */
    public static final AccessScope EVERYTHING = new AccessScope(true, Set.of(), Set.of());

    /** No instance at all, as of somebody who is not let in; its text is empty, and nobody can be given it. */
    public static final AccessScope NOTHING = new AccessScope(false, Set.of(), Set.of());

    private static final String ALL = "everything";
    private static final String ANY_NAME = "*@";

    public AccessScope {
        domains = Set.copyOf(domains);
        instances = Set.copyOf(instances);
    }

    /**
     * Reads its text.
     *
     * @throws PlatformException of kind INVALID when it does not have that form
     */
    public static AccessScope parse(String text) {
        if (text.equals(ALL)) {
            return EVERYTHING;
        }
        Set<String> domains = new TreeSet<>();
        Set<InstanceId> instances = new TreeSet<>();
        for (String part : text.split(",", -1)) {
            if (part.startsWith(ANY_NAME)) {
                // Any name will do: the domain is what has to have its form.
                domains.add(new InstanceId("x", part.substring(ANY_NAME.length())).domain());
            } else if (part.indexOf('@') < 0) {
                throw PlatformException.invalid("The scope '" + part + "' has no '@'. Use *@example.com for a domain,"
                        + " acme@example.com for an instance, several with commas, or everything.");
            } else {
                instances.add(InstanceId.parse(part));
            }
        }
        return new AccessScope(false, domains, instances);
    }

    public boolean includes(InstanceId id) {
        return everything || domains.contains(id.domain()) || instances.contains(id);
    }

    /** Whether a text is the id of an instance that is in it; whatever it is, it is in everything. */
    public boolean includes(String id) {
        try {
            return everything || includes(InstanceId.parse(id));
        } catch (PlatformException e) {
            return false;
        }
    }

    /** Whether all that is in the other is in this one. */
    public boolean includes(AccessScope other) {
        return everything
                || !other.everything
                        && domains.containsAll(other.domains)
                        && other.instances.stream().allMatch(this::includes);
    }

    /** What is in both. */
    public AccessScope and(AccessScope other) {
        if (everything || other.everything) {
            return everything ? other : this;
        }
        Set<String> both = domains.stream().filter(other.domains::contains).collect(Collectors.toSet());
        Set<InstanceId> single = Stream.concat(
                        instances.stream().filter(other::includes),
                        other.instances.stream().filter(this::includes))
                .filter(id -> !both.contains(id.domain()))
                .collect(Collectors.toSet());
        return new AccessScope(false, both, single);
    }

    @Override
    public String toString() {
        return everything
                ? ALL
                : Stream.concat(
                                domains.stream().sorted().map(domain -> ANY_NAME + domain),
                                instances.stream().sorted().map(InstanceId::toString))
                        .collect(Collectors.joining(","));
    }
}
