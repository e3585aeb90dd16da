package platform.core.alarms;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * Who tells of alarms.
 *
 * @param host the name of the machine
 * @param serial by which a receiver tells platforms apart, also when hosts are renamed: made once and kept
 */
record Sender(String host, String serial) {

    private static final Path NAME = Path.of("/proc/sys/kernel/hostname");
    private static final int LENGTH = 6;

    static Sender of(Path folder) throws IOException {
        Path file = folder.resolve("serial");
        if (!Files.exists(file)) {
            byte[] random = new byte[LENGTH];
            new SecureRandom().nextBytes(random);
            WholeFile.write(file, HexFormat.of().formatHex(random));
        }
        return new Sender(machine(), Files.readString(file).strip());
    }

    private static String machine() {
        try {
            return Files.readString(NAME).strip();
        } catch (IOException e) {
            return "localhost"; // no Linux
        }
    }
}
