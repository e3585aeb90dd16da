package platform.core.manager;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import org.apache.felix.utils.manifest.Clause;
import org.apache.felix.utils.manifest.Parser;
import org.osgi.framework.Constants;
import platform.core.api.PlatformApp;
import platform.core.api.PlatformException;

/**
 * An app's jar, read to its last byte and found to be whole and an app.
 *
 * @param path the file
 * @param name the service's name
 * @param title the name that people see
 * @param version the bundle's version
 * @param symbolicName the bundle's symbolic name, which is also its root package
 * @param hash SHA-256 of the file, in hex
 */
record AppFile(Path path, String name, String title, String version, String symbolicName, String hash) {

    /** These have folders of their own beside the logs of the apps. */
    private static final Set<String> RESERVED = Set.of("platform", "postgresql");

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,62}");

    /**
     * @throws PlatformException of kind INVALID with the reason why this is no app
     */
    static AppFile read(Path path) {
        try {
            String hash = hash(path);
            return describe(path, verify(path).getMainAttributes(), hash);
        } catch (IOException | SecurityException e) {
            throw new PlatformException(
                    PlatformException.Kind.INVALID,
                    "The file is not a complete jar (" + e.getMessage() + "). Copy it again.",
                    e);
        }
    }

    private static AppFile describe(Path path, Attributes manifest, String hash) {
        String symbolicName =
                require(manifest, Constants.BUNDLE_SYMBOLICNAME).split(";")[0].trim();
        Clause app = capability(manifest);
        String name = app.getAttribute(PlatformApp.NAMESPACE);
        if (name == null || !NAME.matcher(name).matches() || RESERVED.contains(name)) {
            throw PlatformException.invalid("The app's name '" + name
                    + "' is not allowed. Use 1 to 63 lower-case letters, digits and hyphens, beginning with a letter;"
                    + " 'platform' and 'postgresql' are taken.");
        }
        String title = app.getAttribute("title");
        String version = manifest.getValue(Constants.BUNDLE_VERSION);
        return new AppFile(
                path, name, title == null ? name : title, version == null ? "0.0.0" : version, symbolicName, hash);
    }

    private static Clause capability(Attributes manifest) {
        String header = manifest.getValue(Constants.PROVIDE_CAPABILITY);
        for (Clause clause : Parser.parseHeader(header)) {
            if (clause.getName().equals(PlatformApp.NAMESPACE)) {
                return clause;
            }
        }
        throw PlatformException.invalid("The bundle is not an app: its manifest lacks 'Provide-Capability: "
                + PlatformApp.NAMESPACE + "'. Annotate its AppService with @PlatformApp.");
    }

    private static String require(Attributes manifest, String header) {
        String value = manifest.getValue(header);
        if (value == null) {
            throw PlatformException.invalid("The jar is not an OSGi bundle: its manifest lacks " + header + ".");
        }
        return value;
    }

    /** Reads every entry, which also checks its CRC: a jar that was cut or damaged does not pass. */
    private static Manifest verify(Path path) throws IOException {
        try (JarFile jar = new JarFile(path.toFile())) {
            byte[] buffer = new byte[65536];
            for (JarEntry entry : jar.stream().toList()) {
                drain(jar.getInputStream(entry), buffer);
            }
            Manifest manifest = jar.getManifest();
            return manifest == null ? new Manifest() : manifest;
        }
    }

    /** The SHA-256 of a file. */
    static String hash(Path path) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            drain(new DigestInputStream(Files.newInputStream(path), digest), new byte[65536]);
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private static void drain(InputStream input, byte[] buffer) throws IOException {
        try (input) {
            while (input.read(buffer) >= 0) {
                continue;
            }
        }
    }
}
