package platform.core.dist;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.osgi.framework.AllServiceListener;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceReference;

/**
 * Follows a start by the services that appear. Services are told by the names of their classes, since the launcher does
 * not share the bundles' classes; hence a listener for all services, whoever provides their package.
 */
final class Readiness implements AllServiceListener {

    private static final String CONDITION = "org.osgi.service.condition.Condition";
    private static final String WEBSERVER = "platform.webserver.api.Webserver";
    private static final String CONDITION_ID = "osgi.condition.id";

    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    private final Map<String, Step> awaited = new LinkedHashMap<>();
    private final Consumer<String> progress;
    private volatile Consumer<List<String>> addresses = none -> {};
    private volatile List<String> latest = List.of();

    /**
     * One service on the way.
     *
     * @param what the part of the platform that provides it
     * @param next what begins once it is there
     */
    private record Step(String what, String next) {}

    /**
     * Begins with the first step.
     *
     * @param progress takes a line for each step
     */
    Readiness(Consumer<String> progress) {
        this.progress = progress;
        awaited.put("platform.db.api.Databases", new Step("PostgreSQL", "Starting the webserver ..."));
        awaited.put(WEBSERVER, new Step("the webserver", "Starting the apps ..."));
        progress.accept("Starting PostgreSQL ...");
    }

    /** Completed once, by the first who knows. */
    CompletableFuture<Outcome> outcome() {
        return outcome;
    }

    /** The webserver's addresses; empty as long as it has none. */
    List<String> addresses() {
        return latest;
    }

    /** The parts of the platform that have not come up. */
    synchronized List<String> missing() {
        return awaited.values().stream().map(Step::what).toList();
    }

    /** From now on takes the webserver's addresses whenever they change. */
    void onAddresses(Consumer<List<String>> listener) {
        addresses = listener;
    }

    @Override
    public void serviceChanged(ServiceEvent event) {
        ServiceReference<?> service = event.getServiceReference();
        boolean registered = event.getType() == ServiceEvent.REGISTERED;
        boolean webserver =
                List.of((String[]) service.getProperty(Constants.OBJECTCLASS)).contains(WEBSERVER);
        if (webserver && (registered || event.getType() == ServiceEvent.MODIFIED)) {
            latest = addresses(service.getProperty("addresses"));
            addresses.accept(latest);
        }
        if (registered) {
            registered(service);
        }
    }

    private void registered(ServiceReference<?> service) {
        for (String type : (String[]) service.getProperty(Constants.OBJECTCLASS)) {
            if (type.equals(CONDITION)) {
                condition(service);
            } else {
                step(type);
            }
        }
    }

    private synchronized void step(String type) {
        Step done = awaited.remove(type);
        if (done != null) {
            progress.accept(done.next());
        }
    }

    private void condition(ServiceReference<?> service) {
        Object id = service.getProperty(CONDITION_ID);
        if ("platform.ready".equals(id)) {
            outcome.complete(Outcome.up(addresses(service.getProperty("addresses"))));
        } else if ("platform.failed".equals(id)) {
            outcome.complete(Outcome.failed(String.valueOf(service.getProperty("reason"))));
        } else if ("platform.degraded".equals(id)) {
            outcome.complete(Outcome.degraded(List.of(), String.valueOf(service.getProperty("reason"))));
        }
    }

    private static List<String> addresses(Object property) {
        return property instanceof String[] addresses ? List.of(addresses) : List.of();
    }
}
