package platform.core.manager;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.hooks.bundle.CollisionHook;
import org.osgi.framework.hooks.resolver.ResolverHook;
import org.osgi.framework.hooks.resolver.ResolverHookFactory;
import org.osgi.framework.hooks.service.EventListenerHook;
import org.osgi.framework.hooks.service.FindHook;
import org.osgi.framework.hooks.service.ListenerHook.ListenerInfo;
import org.osgi.framework.namespace.BundleNamespace;
import org.osgi.framework.namespace.HostNamespace;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.condition.Condition;
import platform.core.api.PlatformApp;

/**
 * Keeps each app's bundle to itself: it wires only to the platform's api packages and the JDK, nothing wires to it, and it
 * sees no service but its own. Costs nothing once an app is resolved. What it does not do: code that runs in the same JVM
 * can always break out by reflection and the like; for that there is process isolation.
 */
@Component(
        immediate = true,
        service = {ResolverHookFactory.class, FindHook.class, EventListenerHook.class, CollisionHook.class})
public final class IsolationHooks implements ResolverHookFactory, FindHook, EventListenerHook, CollisionHook {

    /** Every app's bundle has a location that begins so. */
    static final String LOCATION = "app:";

    /** The platform's packages that an app may use: what its {@code AppContext} hands out, and log contexts. */
    private static final Set<String> APIS =
            Set.of("platform.core.api", "platform.webserver.api", "platform.tracing.api");

    static boolean isApp(Bundle bundle) {
        return bundle.getLocation().startsWith(LOCATION);
    }

    @Override
    public ResolverHook begin(Collection<BundleRevision> triggers) {
        return new Resolver();
    }

    @Override
    public void find(
            BundleContext context,
            String name,
            String filter,
            boolean allServices,
            Collection<ServiceReference<?>> references) {
        if (isApp(context.getBundle())) {
            references.removeIf(reference -> !maySee(context.getBundle(), reference));
        }
    }

    @Override
    public void event(ServiceEvent event, Map<BundleContext, Collection<ListenerInfo>> listeners) {
        listeners
                .keySet()
                .removeIf(context ->
                        isApp(context.getBundle()) && !maySee(context.getBundle(), event.getServiceReference()));
    }

    /** Lets a new version be installed and resolved beside the running one. */
    @Override
    public void filterCollisions(int operation, Bundle target, Collection<Bundle> candidates) {
        candidates.removeIf(IsolationHooks::isApp);
    }

    private static boolean maySee(Bundle app, ServiceReference<?> reference) {
        return app.equals(reference.getBundle()) || isTrueCondition(reference) || isOwnContext(app, reference);
    }

    /** The whiteboard lets a servlet into the context of an instance only if the servlet's bundle can see it. */
    private static boolean isOwnContext(Bundle app, ServiceReference<?> reference) {
        Object owner = reference.getProperty(PlatformApp.NAMESPACE);
        return owner != null && app.getLocation().startsWith(LOCATION + owner + ":");
    }

    /** Declarative Services asks for this condition on behalf of each component. */
    private static boolean isTrueCondition(ServiceReference<?> reference) {
        return Condition.CONDITION_ID_TRUE.equals(reference.getProperty(Condition.CONDITION_ID));
    }

    /** Decides who may be wired to whom. */
    private static final class Resolver implements ResolverHook {

        @Override
        public void filterMatches(BundleRequirement requirement, Collection<BundleCapability> candidates) {
            Bundle requirer = requirement.getRevision().getBundle();
            candidates.removeIf(candidate -> !mayWire(requirer, candidate));
        }

        private static boolean mayWire(Bundle requirer, BundleCapability candidate) {
            Bundle provider = candidate.getRevision().getBundle();
            if (requirer.equals(provider)) {
                return true;
            }
            return !isApp(provider) && (!isApp(requirer) || isOpenToApps(candidate));
        }

        private static boolean isOpenToApps(BundleCapability candidate) {
            return switch (candidate.getNamespace()) {
                case PackageNamespace.PACKAGE_NAMESPACE -> isApiPackage(candidate);
                case BundleNamespace.BUNDLE_NAMESPACE, HostNamespace.HOST_NAMESPACE -> false;
                default -> true;
            };
        }

        private static boolean isApiPackage(BundleCapability candidate) {
            String name = (String) candidate.getAttributes().get(PackageNamespace.PACKAGE_NAMESPACE);
            boolean jdk = candidate.getRevision().getBundle().getBundleId() == Constants.SYSTEM_BUNDLE_ID
                    && !name.startsWith("org.osgi.");
            return jdk
                    || APIS.contains(name)
                    || name.startsWith("jakarta.servlet")
                    || name.startsWith("org.osgi.service.servlet.")
                    || name.equals("org.slf4j")
                    || name.startsWith("org.slf4j.");
        }

        /** A singleton's new version must resolve while the old one still runs. */
        @Override
        public void filterSingletonCollisions(
                BundleCapability singleton, Collection<BundleCapability> collisionCandidates) {
            collisionCandidates.removeIf(
                    candidate -> isApp(candidate.getRevision().getBundle()));
        }

        @Override
        public void filterResolvable(Collection<BundleRevision> candidates) {
            // Every bundle may try to resolve.
        }

        @Override
        public void end() {
            // Nothing was kept for this resolution.
        }
    }
}
