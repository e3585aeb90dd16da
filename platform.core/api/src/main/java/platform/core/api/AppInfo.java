package platform.core.api;

import java.util.Map;
import java.util.Optional;

/**
 * What an app says of itself to a PBX that asks by {@code AppInfo}.
 *
 * @param hidden whether the app is not shown among the user's apps
 * @param presence whether it deals with presence
 * @param apis the APIs that it offers to other apps, by name; values as in {@link AppMessage#fields()}
 * @param serviceApis the APIs that it offers to other services
 * @param deviceApp the app that runs on devices instead of this one
 */
public record AppInfo(
        boolean hidden,
        boolean presence,
        Map<String, Object> apis,
        Map<String, Object> serviceApis,
        Optional<String> deviceApp) {

    /** A plain app: shown, without anything of the rest. */
    public static final AppInfo PLAIN = new AppInfo(false, false, Map.of(), Map.of(), Optional.empty());

    public AppInfo {
        apis = Map.copyOf(apis);
        serviceApis = Map.copyOf(serviceApis);
    }
}
