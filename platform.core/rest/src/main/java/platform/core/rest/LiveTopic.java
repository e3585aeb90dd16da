package platform.core.rest;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import platform.core.api.Caller;
import platform.core.api.Role;

/** What can be subscribed to, with what that takes. What is not here cannot be. */
enum LiveTopic {
    INSTANCES(Role.VIEWER, true, LiveItems::instances),
    APPS(Role.VIEWER, false, LiveItems::apps),
    ALARMS(Role.VIEWER, true, LiveItems::alarms),
    TASKS(Role.VIEWER, true, LiveItems::tasks),
    METRICS(Role.VIEWER, true, LiveItems::metrics),
    /** The lines of one instance, which the subscription names. */
    LOG(Role.VIEWER, false, (parts, tasks) -> List.of());

    private final Role needed;
    private final boolean filtered;
    private final BiFunction<Parts, Tasks, List<LiveItem>> items;

    /** @param filtered whether who has a scope can subscribe to it, too, since he is told only what he may see */
    LiveTopic(Role needed, boolean filtered, BiFunction<Parts, Tasks, List<LiveItem>> items) {
        this.needed = needed;
        this.filtered = filtered;
        this.items = items;
    }

    static Optional<LiveTopic> of(String name) {
        return Arrays.stream(values()).filter(it -> Names.of(it).equals(name)).findFirst();
    }

    Role needed() {
        return needed;
    }

    boolean isFiltered() {
        return filtered;
    }

    /** Why somebody cannot subscribe to it; empty when he can. @param instance that it is about; empty for none */
    Optional<String> refusal(Caller caller, String instance) {
        boolean within = instance.isEmpty()
                ? caller.scope().everything() || filtered
                : caller.scope().includes(instance);
        return Gate.refusal(caller, needed, within);
    }

    /** All that there is at present. */
    List<LiveItem> items(Parts parts, Tasks tasks) {
        return items.apply(parts, tasks);
    }
}
