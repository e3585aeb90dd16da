package platform.core.api;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The platform's own settings, which are files {@code etc/PID.cfg} in the data folder: what there is to set, and what is set. Not
 * those of instances. What is changed is in its file when a method returns, the rest of which stays as it is, comments included;
 * it holds a second later. Any thread may call it.
 */
@ProviderType
public interface Settings {

    /** All that there are, by PID, also where nothing is set. Of those of a kind, such as backup schedules, the present ones. */
    List<SettingGroup> list();

    /** Those of a PID; of one of a kind only when it is there. */
    Optional<SettingGroup> find(String pid);

    /** The same, but of one of a kind also when it is not there: what it would be with its defaults. */
    Optional<SettingGroup> declared(String pid);

    /**
     * Sets and unsets. Makes one of a kind, {@code KIND~NAME}, that is not there.
     *
     * @param changes by key: the new value, without blanks around it; empty to let the default hold
     * @param check told what is set now, before anything is changed and while nobody else can change it; throws to refuse
     * @return what is set then
     * @throws PlatformException NOT_FOUND when there is no such PID; INVALID when a key is not declared or a value has not its
     *     type or is out of its bounds, nothing is changed then; FAILED when the file cannot be read or written
     */
    SettingGroup change(String pid, Map<String, Optional<String>> changes, Consumer<SettingGroup> check);

    /**
     * Removes the file: the defaults hold, and one of a kind is gone. Does nothing when there is none.
     *
     * @throws PlatformException NOT_FOUND when there is no such PID; FAILED when the file cannot be removed
     */
    void reset(String pid);
}
