package platform.core.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the live socket says. Each is about one of these: a value, that it is gone, that all there was at first has been told, a line of
 * a log, messages that were lost, an error.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record LiveMessage(
        String topic,
        String id,
        Object value,
        Boolean removed,
        Boolean complete,
        String line,
        Long lost,
        String error) {

    static LiveMessage value(LiveTopic topic, LiveItem item) {
        return new LiveMessage(Names.of(topic), item.id(), item.value(), null, null, null, null, null);
    }

    static LiveMessage removed(LiveTopic topic, LiveItem item) {
        return new LiveMessage(Names.of(topic), item.id(), null, true, null, null, null, null);
    }

    static LiveMessage complete(String topic) {
        return new LiveMessage(topic, null, null, null, true, null, null, null);
    }

    static LiveMessage line(String topic, String line) {
        return new LiveMessage(topic, null, null, null, null, line, null, null);
    }

    static LiveMessage lost(long number) {
        return new LiveMessage(null, null, null, null, null, null, number, null);
    }

    static LiveMessage error(String topic, String reason) {
        return new LiveMessage(topic, null, null, null, null, null, null, reason);
    }

    /** As it is sent. */
    String text() {
        try {
            return JsonFormat.MAPPER.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Our own records always are JSON", e);
        }
    }

    /** What a client sends: topics, by their names. */
    record Request(List<String> subscribe, List<String> unsubscribe) {

        private static final Logger LOG = LoggerFactory.getLogger(LiveMessage.class);

        Request {
            subscribe = subscribe == null ? List.of() : List.copyOf(subscribe);
            unsubscribe = unsubscribe == null ? List.of() : List.copyOf(unsubscribe);
        }

        /** Empty when it does not have its form. */
        static Optional<Request> read(String text) {
            try {
                return Optional.ofNullable(JsonFormat.MAPPER.readValue(text, Request.class));
            } catch (JsonProcessingException e) {
                LOG.debug("A message to the live socket is refused", e);
                return Optional.empty();
            }
        }
    }
}
