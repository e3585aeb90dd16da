package platform.core.alarms;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.core.api.AlarmSeverity;
import platform.core.api.PlatformException;
import platform.core.api.SinkSetup;

/** Keeps each sink with its secret in a file of its own, which only the platform's user reads. */
final class SinkFiles {

    private static final Logger LOG = LoggerFactory.getLogger(SinkFiles.class);
    private static final String END = ".properties";

    private final Path folder;

    SinkFiles(Path folder) {
        this.folder = folder;
    }

    /** All that can be understood; others are named in the log. */
    List<SinkSpec> list() throws IOException {
        List<SinkSpec> found = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                files.filter(it -> it.toString().endsWith(END))
                        .sorted()
                        .forEach(file -> read(file).ifPresent(found::add));
            }
        }
        return found;
    }

    private static Optional<SinkSpec> read(Path file) {
        try {
            Properties kept = new Properties();
            kept.load(new StringReader(Files.readString(file)));
            String name = file.getFileName().toString();
            return Optional.of(SinkSpec.of(setup(name.substring(0, name.length() - END.length()), kept)));
        } catch (IOException | IllegalArgumentException | PlatformException e) {
            LOG.error("The alarm sink in {} cannot be read. Add it anew, or remove the file: {}", file, e.toString());
            return Optional.empty();
        }
    }

    private static SinkSetup setup(String name, Properties kept) {
        return new SinkSetup(
                name,
                kept.getProperty("address", ""),
                Optional.ofNullable(kept.getProperty("secret")),
                Optional.ofNullable(kept.getProperty("ca")).map(Path::of),
                AlarmSeverity.valueOf(kept.getProperty("severity", "WARNING")),
                Optional.ofNullable(kept.getProperty("repeat.seconds"))
                        .map(Long::valueOf)
                        .map(Duration::ofSeconds),
                Optional.ofNullable(kept.getProperty("from")),
                Arrays.stream(kept.getProperty("to", "").split(" "))
                        .filter(it -> !it.isEmpty())
                        .toList());
    }

    void keep(SinkSpec spec) throws IOException {
        SinkSetup setup = spec.setup();
        Properties kept = new Properties();
        kept.setProperty("address", setup.address());
        kept.setProperty("severity", setup.severity().name());
        kept.setProperty("to", String.join(" ", setup.to()));
        setup.secret().ifPresent(it -> kept.setProperty("secret", it));
        setup.authorities().ifPresent(it -> kept.setProperty("ca", it.toString()));
        setup.repeat().ifPresent(it -> kept.setProperty("repeat.seconds", String.valueOf(it.toSeconds())));
        setup.from().ifPresent(it -> kept.setProperty("from", it));
        StringWriter text = new StringWriter();
        kept.store(text, null);
        WholeFile.write(file(setup.name()), text.toString());
    }

    void remove(String name) throws IOException {
        Files.deleteIfExists(file(name));
    }

    private Path file(String name) {
        return folder.resolve(name + END);
    }
}
