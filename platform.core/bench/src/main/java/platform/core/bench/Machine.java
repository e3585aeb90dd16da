package platform.core.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the figures were measured on. */
record Machine(String cpu, int cores, String kernel, String memory) {

    static Machine here() {
        double gigabytes = Double.parseDouble(field("/proc/meminfo", "MemTotal").replaceAll("[^0-9]", "")) / (1 << 20);
        return new Machine(
                field("/proc/cpuinfo", "model name"),
                Runtime.getRuntime().availableProcessors(),
                "Linux " + System.getProperty("os.version") + " " + System.getProperty("os.arch"),
                Math.round(gigabytes) + " GB");
    }

    /** The first line of a file with this key; some processors do not tell their name. */
    private static String field(String file, String key) {
        try {
            return Files.readString(Path.of(file), StandardCharsets.ISO_8859_1)
                    .lines()
                    .filter(line -> line.startsWith(key))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("0");
        } catch (IOException e) {
            throw new BenchException("The file " + file + " cannot be read; the benchmark needs Linux.", e);
        }
    }
}
