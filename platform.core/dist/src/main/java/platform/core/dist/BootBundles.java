package platform.core.dist;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkListener;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.startlevel.FrameworkStartLevel;

/**
 * The distribution's own bundles in the framework. They are referred to where they lie, not copied: the framework's
 * cache is made anew at each start.
 */
final class BootBundles implements FrameworkListener {

    /** The database's. */
    private static final int DATABASE_LEVEL = 2;

    /**
     * What bundles of the first levels are resolved with, and do not need running: the commands, and what weaves calls of
     * {@code ServiceLoader}, which takes its time and is not for the logging.
     */
    private static final Set<String> EARLY =
            Set.of("org.apache.felix.gogo.runtime.jar", "org.apache.aries.spifly.dynamic.bundle.jar");

    private final List<Bundle> bundles = new CopyOnWriteArrayList<>();
    private final Map<Bundle, String> problems = new ConcurrentHashMap<>();
    private final Consumer<String> complaints;

    /**
     * Nothing is installed yet.
     *
     * @param complaints takes a sentence for each bundle that does not start
     */
    BootBundles(Consumer<String> complaints) {
        this.complaints = complaints;
    }

    /**
     * Starts the framework with them. Returns when it has reached its last level.
     *
     * @param framework initialized, its beginning start level {@link FrameworkSettings#FIRST_LEVEL}
     */
    void start(Framework framework, Map<Integer, List<Path>> levels) throws BundleException, InterruptedException {
        BundleContext context = framework.getBundleContext();
        FrameworkStartLevel startLevel = framework.adapt(FrameworkStartLevel.class);
        context.addFrameworkListener(this);
        install(context, startLevel, levels, BootBundles::isEarly);
        framework.start();
        // PostgreSQL takes its time: the rest is installed meanwhile.
        startLevel.setStartLevel(DATABASE_LEVEL);
        install(context, startLevel, levels, (level, file) -> !isEarly(level, file));
        CountDownLatch reached = new CountDownLatch(1);
        startLevel.setStartLevel(FrameworkSettings.LAST_LEVEL, event -> reached.countDown());
        reached.await();
    }

    private static boolean isEarly(int level, Path file) {
        return level <= DATABASE_LEVEL || EARLY.contains(file.getFileName().toString());
    }

    /** Installs each bundle at its start level; they start when the framework reaches it. */
    private void install(
            BundleContext context,
            FrameworkStartLevel startLevel,
            Map<Integer, List<Path>> levels,
            BiPredicate<Integer, Path> which) {
        int first = bundles.size();
        // The level that new bundles get, instead of each one's own afterwards, which would be written once more.
        int usual = startLevel.getInitialBundleStartLevel();
        levels.forEach((level, files) -> {
            startLevel.setInitialBundleStartLevel(level);
            files.stream().filter(file -> which.test(level, file)).forEach(file -> install(context, file));
        });
        startLevel.setInitialBundleStartLevel(usual);
        bundles.subList(first, bundles.size()).forEach(this::markForStart);
    }

    private void install(BundleContext context, Path file) {
        try {
            bundles.add(context.installBundle("reference:" + file.toUri()));
        } catch (BundleException e) {
            throw new LaunchException("The bundle " + file + " cannot be installed: " + reason(e), e);
        }
    }

    private void markForStart(Bundle bundle) {
        if (isFragment(bundle)) {
            return;
        }
        try {
            bundle.start(Bundle.START_ACTIVATION_POLICY);
        } catch (BundleException e) {
            problem(bundle, e);
        }
    }

    private static boolean isFragment(Bundle bundle) {
        return bundle.getHeaders().get(Constants.FRAGMENT_HOST) != null;
    }

    @Override
    public void frameworkEvent(FrameworkEvent event) {
        // What is wrong with an app is the manager's to say.
        if (event.getType() == FrameworkEvent.ERROR && bundles.contains(event.getBundle())) {
            problem(event.getBundle(), event.getThrowable());
        }
    }

    private void problem(Bundle bundle, Throwable cause) {
        String reason = reason(cause);
        boolean boot = bundle.getState() != Bundle.ACTIVE;
        if (!reason.equals(problems.put(bundle, reason))) {
            complaints.accept(
                    (boot ? "The bundle " + name(bundle) + " did not start: " : name(bundle) + ": ") + reason);
        }
    }

    /** A sentence for each bundle that should run, and does not, and that has not been complained about. */
    List<String> notStarted() {
        return bundles.stream()
                .filter(bundle -> !isFragment(bundle) && !runs(bundle) && !problems.containsKey(bundle))
                .map(bundle -> "The bundle " + name(bundle) + " is " + state(bundle) + ".")
                .toList();
    }

    private static boolean runs(Bundle bundle) {
        boolean lazy = bundle.getState() == Bundle.STARTING
                && bundle.getHeaders().get(Constants.BUNDLE_ACTIVATIONPOLICY) != null;
        return bundle.getState() == Bundle.ACTIVE || lazy;
    }

    private static String name(Bundle bundle) {
        return bundle.getSymbolicName() + " " + bundle.getVersion();
    }

    private static String state(Bundle bundle) {
        return switch (bundle.getState()) {
            case Bundle.INSTALLED -> "not resolved";
            case Bundle.RESOLVED -> "not started";
            case Bundle.STARTING -> "still starting";
            case Bundle.STOPPING -> "stopping";
            default -> "uninstalled";
        };
    }

    /** The innermost cause says what went wrong; the resolver's own messages say it in the outermost. */
    private static String reason(Throwable problem) {
        Throwable cause = problem;
        while (cause.getCause() != null && !isResolution(cause)) {
            cause = cause.getCause();
        }
        return cause instanceof BundleException ? brief(cause.getMessage()) : cause.toString();
    }

    /** Without the resolver's numbers, and without what it says twice. */
    private static String brief(String message) {
        int repetition = message.indexOf(" Unresolved requirements: ");
        return (repetition < 0 ? message : message.substring(0, repetition))
                .replaceAll(" \\[\\d+\\]\\(R [\\d.]+\\)", "");
    }

    private static boolean isResolution(Throwable problem) {
        return problem instanceof BundleException exception && exception.getType() == BundleException.RESOLVE_ERROR;
    }
}
