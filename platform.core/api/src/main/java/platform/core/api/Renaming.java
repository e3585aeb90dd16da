package platform.core.api;

import java.util.List;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Changes a name wherever the platform has it. First a plan, which changes nothing; then the plan is carried out, whole or not
 * at all, also when the platform is killed meanwhile. The last renaming that has not been undone can be undone, in the same
 * two steps. Databases and roles keep their names: nobody but the platform sees them. Any thread may call it.
 */
@ProviderType
public interface Renaming {

    /**
     * What the renaming would change.
     *
     * @throws PlatformException NOT_FOUND when the old name is nowhere
     */
    RenamePlan plan(RenameRequest request);

    /**
     * What would bring back the state before the last renaming. What was changed or deleted since stays as it is, with a
     * warning.
     *
     * @throws PlatformException NOT_FOUND when there is no renaming that could be undone
     */
    RenamePlan planUndo();

    /**
     * Carries the plan out. Instances whose id or path changes are stopped meanwhile, and those that ran are started again;
     * an instance that does not start then is FAILED with the reason, and the renaming still done. All others are not
     * touched. Blocks until it is done.
     *
     * @param plan as {@link #plan} or {@link #planUndo} gave it
     * @param progress hears of each changed instance as soon as it is done with, on changing threads, one call at a time
     * @return the changed instances as they are then
     * @throws PlatformException CONFLICT when the plan has conflicts or the instances have changed since it was made, or
     *     FAILED; then nothing has changed
     */
    List<InstanceInfo> apply(RenamePlan plan, Consumer<InstanceInfo> progress);
}
