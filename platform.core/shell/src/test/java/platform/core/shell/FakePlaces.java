package platform.core.shell;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import platform.core.api.Isolation;
import platform.core.api.PlatformException;
import platform.core.api.ProcessLimits;
import platform.core.api.ServicePlace;
import platform.core.api.ServicePlaces;

/** Places of apps in memory. */
final class FakePlaces implements ServicePlaces {

    private final Map<String, ServicePlace> places =
            new TreeMap<>(Map.of("files", new ServicePlace(Isolation.BUNDLE, ProcessLimits.DEFAULT, Optional.empty())));

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
        Optional<Long> process = isolation == Isolation.PROCESS ? Optional.of(4711L) : Optional.empty();
        places.put(app, new ServicePlace(isolation, place(app).limits(), process));
    }

    @Override
    public void limit(String app, ProcessLimits limits) {
        places.put(
                app, new ServicePlace(place(app).isolation(), limits, place(app).process()));
    }
}
