package platform.core.api;

/**
 * A new instance.
 *
 * @param info as it is now
 * @param password its instance password: the only time that it is shown
 */
public record CreatedInstance(InstanceInfo info, String password) {

    @Override
    public String toString() {
        return "CreatedInstance[" + info.id() + "]";
    }
}
