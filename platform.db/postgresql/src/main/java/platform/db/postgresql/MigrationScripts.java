package platform.db.postgresql;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.resource.LoadableResource;

/** Flyway's view of the scripts: a flat folder of what the URLs lead to. */
final class MigrationScripts implements ResourceProvider {

    private static final Comparator<LoadableResource> BY_NAME = Comparator.comparing(LoadableResource::getFilename);

    private final List<LoadableResource> scripts;

    MigrationScripts(List<URL> scripts) {
        this.scripts = scripts.stream().<LoadableResource>map(Script::new).toList();
    }

    /** A digest of all names and contents, whatever the order. */
    String fingerprint() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (LoadableResource script : scripts.stream().sorted(BY_NAME).toList()) {
                digest.update((script.getFilename() + '\0' + text(script) + '\0').getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    /** Whether the word is in any of them, in capitals or not. */
    boolean mention(String word) {
        return scripts.stream()
                .anyMatch(script -> text(script).toLowerCase(Locale.ROOT).contains(word));
    }

    /** The text of the script of that file name. */
    String text(String name) {
        return text(getResource(name));
    }

    private static String text(LoadableResource script) {
        try (Reader reader = script.read();
                StringWriter text = new StringWriter()) {
            reader.transferTo(text);
            return text.toString();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the migration " + script.getAbsolutePath(), e);
        }
    }

    @Override
    public LoadableResource getResource(String name) {
        return scripts.stream()
                .filter(script -> script.getFilename().equals(name))
                .findFirst()
                .orElse(null);
    }

    @Override
    public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
        return scripts.stream()
                .filter(script -> script.getFilename().startsWith(prefix)
                        && Stream.of(suffixes).anyMatch(script.getFilename()::endsWith))
                .toList();
    }

    private static final class Script extends LoadableResource {

        private final URL url;
        private final String name;

        Script(URL url) {
            this.url = url;
            name = name(url);
        }

        /** The same script has the same name, be it read from a bundle, a jar or a folder. */
        private static String name(URL url) {
            String last = url.getPath().substring(url.getPath().lastIndexOf('/') + 1);
            try {
                return URLDecoder.decode(last.replace("+", "%2B"), StandardCharsets.UTF_8);
            } catch (IllegalArgumentException notEncoded) {
                return last;
            }
        }

        @Override
        public Reader read() {
            try {
                URLConnection connection = url.openConnection();
                // The JDK's cache of open jars would outlive the app.
                connection.setUseCaches(false);
                return new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot read the migration " + url, e);
            }
        }

        @Override
        public String getAbsolutePath() {
            return url.toString();
        }

        @Override
        public String getAbsolutePathOnDisk() {
            return url.toString();
        }

        @Override
        public String getFilename() {
            return name;
        }

        @Override
        public String getRelativePath() {
            return name;
        }
    }
}
