package platform.core.rest;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import platform.core.api.Caller;

/**
 * A topic, of an instance where it is about one.
 *
 * @param instance empty for none
 */
record LiveSubscription(LiveTopic topic, String instance) {

    static final String TOPICS =
            Arrays.stream(LiveTopic.values()).map(LiveSubscription::shown).collect(Collectors.joining(", "));

    private static String shown(LiveTopic topic) {
        return Names.of(topic) + (topic == LiveTopic.LOG ? ":INSTANCE" : "");
    }

    /** Reads {@code instances} or {@code log:acme@example.com}; empty when it is neither. */
    static Optional<LiveSubscription> parse(String text) {
        int colon = text.indexOf(':');
        String instance = colon < 0 ? "" : text.substring(colon + 1);
        return LiveTopic.of(colon < 0 ? text : text.substring(0, colon))
                .filter(topic -> colon >= 0 == (topic == LiveTopic.LOG) && (colon < 0 || !instance.isEmpty()))
                .map(topic -> new LiveSubscription(topic, instance));
    }

    String text() {
        return instance.isEmpty() ? Names.of(topic) : Names.of(topic) + ":" + instance;
    }

    Optional<String> refusal(Caller caller) {
        return topic.refusal(caller, instance);
    }
}
