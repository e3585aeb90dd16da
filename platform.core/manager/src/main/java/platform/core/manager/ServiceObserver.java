package platform.core.manager;

import java.time.Duration;

/** Whoever holds the instances follows the services by this. Called on the thread that changes the service. */
interface ServiceObserver {

    /** Whether an administrator wants this service to run. */
    boolean isWanted(String app);

    void setWanted(String app, boolean wanted);

    /** The service runs: its instances may start. */
    void serviceStarted(String app);

    /** The service is about to stop: when this returns, none of its instances runs. */
    void serviceStopping(String app, String reason);

    /** Where an administrator wants this service to run. */
    PlaceRecord place(String app);

    void setPlace(String app, PlaceRecord place);

    /**
     * The service ends and is to start again: its clients are told to come back.
     *
     * @param patience so long what its instances are asked waits for that
     */
    void serviceRestarting(String app, Duration patience);

    int countInstances(String app);
}
