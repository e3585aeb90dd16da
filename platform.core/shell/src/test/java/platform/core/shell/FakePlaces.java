package platform.core.shell;

import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import platform.core.api.Isolation;
import platform.core.api.PlatformException;
import platform.core.api.ProcessLimits;
import platform.core.api.ServicePlace;
import platform.core.api.ServicePlaces;

/** Places of apps in memory. */
final class FakePlaces implements ServicePlaces {

    private final Map<String, ServicePlace> places = new TreeMap<>(
            Map.of("files", new ServicePlace(Isolation.BUNDLE, ProcessLimits.DEFAULT, OptionalLong.empty())));

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
        OptionalLong process = isolation == Isolation.PROCESS ? OptionalLong.of(4711) : OptionalLong.empty();
        places.put(app, new ServicePlace(isolation, place(app).limits(), process));
    }

    @Override
    public void limit(String app, ProcessLimits limits) {
        places.put(
                app, new ServicePlace(place(app).isolation(), limits, place(app).process()));
    }
}
