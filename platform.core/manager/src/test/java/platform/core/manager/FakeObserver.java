package platform.core.manager;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Notes what it is told of the services. */
final class FakeObserver implements ServiceObserver {

    final List<String> events = new ArrayList<>();
    final Set<String> unwanted = new HashSet<>();
    PlaceRecord place = PlaceRecord.DEFAULT;
    /** How many each service has. */
    int instances;

    @Override
    public PlaceRecord place(String app) {
        return place;
    }

    @Override
    public void setPlace(String app, PlaceRecord newPlace) {
        place = newPlace;
    }

    @Override
    public void serviceRestarting(String app, Duration patience) {
        events.add("restarting " + app + " within " + patience);
    }

    @Override
    public boolean isWanted(String app) {
        return !unwanted.contains(app);
    }

    @Override
    public void setWanted(String app, boolean wanted) {
        if (wanted) {
            unwanted.remove(app);
        } else {
            unwanted.add(app);
        }
    }

    @Override
    public void serviceStarted(String app) {
        events.add("started " + app);
    }

    @Override
    public void serviceStopping(String app, String reason) {
        events.add("stopping " + app);
    }

    @Override
    public int countInstances(String app) {
        return instances;
    }
}
