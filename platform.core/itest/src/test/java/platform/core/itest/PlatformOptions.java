package platform.core.itest;

import static org.ops4j.pax.exam.CoreOptions.bundle;
import static org.ops4j.pax.exam.CoreOptions.composite;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;
import static org.ops4j.pax.exam.CoreOptions.frameworkStartLevel;
import static org.ops4j.pax.exam.CoreOptions.systemPackages;
import static org.ops4j.pax.exam.CoreOptions.systemProperty;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.options.UrlProvisionOption;

/**
 * Pax Exam's framework as the launcher would set it up: the distribution's own bundles at their start levels, a data folder
 * of its own, any free ports. Pax Exam's few bundles come from the class path; nothing is looked up in a repository.
 */
final class PlatformOptions {

    private static final int APP_LEVEL = 7;

    /** After the logging, which must be there before anything that logs. */
    private static final int EXAM_LEVEL = 2;

    private PlatformOptions() {}

    /** The platform, with the apps that the test may drop. */
    static Option[] with(Stock stock) throws Exception {
        Path root = Product.newFolder();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> ProductFiles.delete(root)));
        Path apps = Files.createDirectories(root.resolve("stock"));
        ProductFiles.write(root.resolve("data/etc/platform.db.disk.cfg"), "reserve.megabytes = 1\n");
        stock.fill(apps);
        return new Option[] {
            composite(exam()),
            composite(distribution()),
            composite(settings(Files.createDirectories(root.resolve("data")))),
            frameworkProperty(TestFramework.STOCK).value(apps.toString()),
            frameworkStartLevel(APP_LEVEL)
        };
    }

    private static Option[] exam() {
        Stream<Option> bundles = Classpath.jars(
                        "pax-exam-(extender-service|inject|invoker-junit)|pax-swissbox-(core|extender|lifecycle|tracker)"
                                + "|ops4j-base-lang|jakarta.inject-api|assertj-core|byte-buddy")
                .stream()
                .map(jar -> bundle(jar.toUri().toString()).startLevel(EXAM_LEVEL));
        Stream<Option> others = Stream.of(
                systemProperty("pax.exam.invoker").value("junit"),
                systemPackages(
                        "org.junit",
                        "org.junit.internal",
                        "org.junit.internal.requests",
                        "org.junit.internal.runners.model",
                        "org.junit.runner",
                        "org.junit.runner.notification",
                        "org.junit.runners",
                        "org.junit.runners.model"));
        return Stream.concat(bundles, others).toArray(Option[]::new);
    }

    /** The one list of what the platform consists of is the distribution itself. */
    private static Option[] distribution() throws IOException {
        Path bundles = Product.built().resolve("bundles");
        try (Stream<Path> files = Files.walk(bundles, 2)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .map(PlatformOptions::atItsLevel)
                    .toArray(Option[]::new);
        }
    }

    private static Option atItsLevel(Path jar) {
        int level = Integer.parseInt(jar.getParent().getFileName().toString());
        UrlProvisionOption option = bundle("reference:" + jar.toUri()).startLevel(level);
        return isFragment(jar) ? option.noStart() : option;
    }

    private static boolean isFragment(Path jar) {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.getManifest().getMainAttributes().getValue("Fragment-Host") != null;
        } catch (IOException e) {
            throw new IllegalStateException(jar + " is no bundle", e);
        }
    }

    private static Option[] settings(Path data) {
        Map<String, String> settings = new TreeMap<>();
        settings.put("platform.home", Product.built().toString());
        settings.put("platform.data", data.toString());
        settings.put("platform.version", "0");
        settings.put("platform.http.port", "0");
        settings.put("platform.https.port", "0");
        settings.put("platform.bind", "127.0.0.1");
        settings.put("org.osgi.framework.bootdelegation", "sun.misc");
        settings.put("felix.startlevel.bundle", String.valueOf(APP_LEVEL));
        settings.put("felix.log.level", "0");
        settings.put("felix.cm.dir", data.resolve("cache/config").toString());
        settings.put("felix.fileinstall.dir", data.resolve("etc") + "," + data.resolve("apps"));
        settings.put("felix.fileinstall.poll", "200");
        settings.put("felix.fileinstall.noInitialDelay", "true");
        settings.put(
                "felix.fileinstall.tmpdir", data.resolve("cache/fileinstall").toString());
        settings.put("felix.fileinstall.start.level", String.valueOf(APP_LEVEL));
        settings.put("felix.fileinstall.enableConfigSave", "false");
        settings.put("felix.fileinstall.optionalImportRefreshScope", "none");
        settings.put("felix.fileinstall.fragmentRefreshScope", "none");
        settings.put("felix.fileinstall.subdir.mode", "skip");
        return settings.entrySet().stream()
                .map(setting -> frameworkProperty(setting.getKey()).value(setting.getValue()))
                .toArray(Option[]::new);
    }

    /** Packs the apps that a test needs. */
    interface Stock {
        void fill(Path folder) throws Exception;
    }
}
