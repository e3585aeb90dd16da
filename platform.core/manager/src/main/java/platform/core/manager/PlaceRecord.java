package platform.core.manager;

import platform.core.api.Isolation;
import platform.core.api.ProcessLimits;

/**
 * Where a service runs, as it is kept.
 *
 * @param number another one for each service; 0 before it was ever kept
 */
record PlaceRecord(int number, Isolation isolation, ProcessLimits limits) {

    static final PlaceRecord DEFAULT = new PlaceRecord(0, Isolation.BUNDLE, ProcessLimits.DEFAULT);

    PlaceRecord with(Isolation newIsolation) {
        return new PlaceRecord(number, newIsolation, limits);
    }

    PlaceRecord with(ProcessLimits newLimits) {
        return new PlaceRecord(number, isolation, newLimits);
    }
}
