package platform.core.shell;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import platform.core.api.Isolation;
import platform.core.api.PlatformException;
import platform.core.api.ProcessLimits;
import platform.core.api.ServicePlace;
import platform.core.api.ServicePlaces;
import platform.core.api.ServiceUse;

/** Places of apps in memory. */
final class FakePlaces implements ServicePlaces {

    private final Map<String, ServicePlace> places =
            new TreeMap<>(Map.of("files", place(Isolation.BUNDLE, ProcessLimits.DEFAULT)));

    void add(String app) {
        places.put(app, place(Isolation.BUNDLE, ProcessLimits.DEFAULT));
    }

    private static ServicePlace place(Isolation isolation, ProcessLimits limits) {
        if (isolation == Isolation.BUNDLE) {
            return new ServicePlace(isolation, limits, Optional.empty(), Optional.empty(), Optional.empty());
        }
        Optional<String> caveat = Optional.of("The kernel does not enforce memory and CPU.")
                .filter(it -> limits.memoryMegabytes() != ProcessLimits.NONE);
        return new ServicePlace(
                isolation, limits, Optional.of(4711L), Optional.of(new ServiceUse(90 << 20, 12.34, 31)), caveat);
    }

    @Override
    public ServicePlace place(String app) {
        ServicePlace place = places.get(app);
        if (place == null) {
            throw PlatformException.notFound("There is no app '" + app + "'.");
        }
        return place;
    }

    @Override
    public void isolate(String app, Isolation isolation) {
        places.put(app, place(isolation, place(app).limits()));
    }

    @Override
    public void limit(String app, ProcessLimits limits) {
        places.put(app, place(place(app).isolation(), limits));
    }
}
