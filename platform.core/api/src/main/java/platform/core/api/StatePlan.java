package platform.core.api;

import java.util.List;
import java.util.function.BiConsumer;
import org.osgi.annotation.versioning.ProviderType;

/** The way to the state that a document describes, as it was when the plan was made. */
@ProviderType
public interface StatePlan {

    /** In the order in which they are done; none when the platform is so already. */
    List<StateStep> steps();

    /**
     * Does the steps, one after the other, up to the first that fails. What is done stays; a new plan of the same document goes on
     * from there. To be called once, on a thread that is not interrupted.
     *
     * @param done hears of each that is done, with what its user has to know, such as a password that was made: it is told this
     *     once; empty for nothing
     * @throws PlatformException CONFLICT when one is impossible, nothing was done then; of the kind of the step that failed,
     *     with what is done and what is not
     */
    void apply(BiConsumer<StateStep, String> done);
}
