package platform.core.api;

import java.util.Map;
import java.util.Optional;

/**
 * An instance with what a backup has to carry besides its database.
 *
 * @param info as it is now
 * @param password its instance password; never in {@link #toString()}
 * @param limits the limits that were set for it
 * @param appVersion the version of its app's bundle; empty when the app is not there
 * @param appSha256 SHA-256 of the app's file, in hex; empty when the app is not there
 */
public record CarriedInstance(
        InstanceInfo info,
        String password,
        Map<QuotaKind, Optional<Long>> limits,
        String appVersion,
        String appSha256) {

    public CarriedInstance {
        limits = Map.copyOf(limits);
    }

    @Override
    public String toString() {
        return "CarriedInstance[" + info.id() + ", appVersion=" + appVersion + "]";
    }
}
