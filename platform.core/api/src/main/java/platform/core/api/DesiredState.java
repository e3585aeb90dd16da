package platform.core.api;

import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The platform's state as one document: settings, certificates, apps, instances, backup targets and schedules, alarm sinks and
 * users, by section and name. Nothing remembers what was applied last: what a document does not name is not touched. Any thread may
 * call it. It is there while all parts of the platform are that it is made of.
 */
@ProviderType
public interface DesiredState {

    /** What there is, without secrets, defaults left out: texts, numbers, truths, lists of texts, and maps of them. */
    Map<String, Object> export();

    /** The same in YAML, as {@link #plan} reads it. */
    String exportText();

    /**
     * The steps to the state that a document describes. The whole document is read; nothing is changed.
     *
     * @throws PlatformException INVALID when it cannot be understood: the message says where
     */
    StatePlan plan(StateDocument document);
}
