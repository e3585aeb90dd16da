package platform.core.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import platform.core.api.PlatformException;

/**
 * The secrets that a document names and does not hold: {@code passwordFile}, below {@code etc} or {@code secrets} of the data folder,
 * or {@code passwordEnv}, a variable of the platform's environment.
 */
record StateSecrets(Path data) {

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

    /**
     * The secret that a block names; empty when it names none.
     *
     * @throws PlatformException INVALID when there is no such secret
     */
    Optional<String> read(YamlBlock block, String secret) {
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
                        "The platform's environment has no variable " + Table.quoted(block.text(key))
                                + ". Set it and restart the platform, or use a file."));
    }
}
