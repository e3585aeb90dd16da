package platform.core.state;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import platform.core.api.InstanceId;
import platform.core.api.PlatformException;

/**
 * The secrets that a document names and does not hold, as far as it may: {@code passwordFile}, below {@code etc} or {@code secrets} of the data folder,
 * or {@code passwordEnv}, a variable of the platform's environment.
 */
record StateSecrets(Path data, boolean readsMachine) {

    private static final String FILE = "File";
    private static final String ENVIRONMENT = "Env";
    /** More than any private key has. */
    private static final int LARGEST = 1 << 16;

    /** The keys by which a document can name a secret. */
    static List<String> keys(String secret) {
        return List.of(secret + FILE, secret + ENVIRONMENT);
    }

    static boolean isNamed(YamlBlock block, String secret) {
        return keys(secret).stream().anyMatch(block::has);
    }

    /** Why secrets that a block names, and that are needed, are not read; empty when they are. */
    Optional<String> refusal(YamlBlock block, List<String> needed) {
        return needed.isEmpty() || readsMachine
                ? Optional.empty()
                : Optional.of(needed.stream()
                                .flatMap(it -> keys(it).stream())
                                .filter(block::has)
                                .collect(Collectors.joining(", "))
                        + " would be read from the platform's machine, which only the shell does: ./platform apply, or"
                        + " state:apply over SSH.");
    }

    /**
     * Secrets that a block names, by their names; none when they may not be read.
     *
     * @throws PlatformException INVALID when there is no such secret
     */
    Map<String, String> read(YamlBlock block, List<String> named) {
        Map<String, String> found = new LinkedHashMap<>();
        if (readsMachine) {
            named.forEach(it -> read(block, it).ifPresent(value -> found.put(it, value)));
        }
        return found;
    }

    private Optional<String> read(YamlBlock block, String secret) {
        if (block.has(secret + FILE) && block.has(secret + ENVIRONMENT)) {
            throw block.problem(secret + ENVIRONMENT, "Give either " + String.join(" or ", keys(secret)) + ".");
        }
        if (block.has(secret + FILE)) {
            return Optional.of(file(block, secret + FILE));
        }
        return block.has(secret + ENVIRONMENT) ? Optional.of(variable(block, secret + ENVIRONMENT)) : Optional.empty();
    }

    private String file(YamlBlock block, String key) {
        Path named = data.resolve(block.text(key)).normalize();
        try {
            // The real path: a link must not lead out of there either.
            Path file = named.toRealPath();
            Path root = data.toRealPath();
            if (!file.startsWith(root.resolve("etc")) && !file.startsWith(root.resolve("secrets"))) {
                throw block.problem(key, "The file has to be below etc or secrets of the data folder.");
            }
            if (Files.size(file) > LARGEST) {
                throw block.problem(key, "The file " + named + " is too large for a secret.");
            }
            return Files.readString(file).stripTrailing();
        } catch (IOException e) {
            throw block.problem(key, "The secret cannot be read: " + e + ". Write it into that file.");
        }
    }

    private static String variable(YamlBlock block, String key) {
        return Optional.ofNullable(System.getenv(block.text(key)))
                .orElseThrow(() -> block.problem(
                        key,
                        "The platform's environment has no variable " + InstanceId.quoted(block.text(key))
                                + ". Set it and restart the platform, or use a file."));
    }
}
