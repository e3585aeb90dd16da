package platform.backup.archive;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is on a server that cannot list. It is text that people can read, and ends with its own SHA-256, so that half of it is
 * recognised.
 *
 * @param serial counts its versions; the newest whole one counts
 * @param files by name what is complete
 * @param begun by object what has been begun, and when
 */
record PlainIndex(long serial, Map<String, File> files, Map<String, Instant> begun) {

    private static final String HEAD = "app-platform-backups 1 ";

    PlainIndex {
        files = new TreeMap<>(files);
        begun = new TreeMap<>(begun);
    }

    /**
     * A complete file.
     *
     * @param object under which name the server has it
     */
    record File(String object, long bytes, Instant modified) {}

    static PlainIndex empty() {
        return new PlainIndex(0, Map.of(), Map.of());
    }

    /** The next version, to be changed. */
    PlainIndex next() {
        return new PlainIndex(serial + 1, files, begun);
    }

    String text() {
        StringBuilder text = new StringBuilder(HEAD).append(serial).append('\n');
        files.forEach((name, file) -> text.append("file ")
                .append(name)
                .append(' ')
                .append(file.object())
                .append(' ')
                .append(file.bytes())
                .append(' ')
                .append(file.modified())
                .append('\n'));
        begun.forEach((object, time) ->
                text.append("begun ").append(object).append(' ').append(time).append('\n'));
        return text + "sha256 " + hash(text.toString()) + "\n";
    }

    /** Empty when it is not whole. */
    static Optional<PlainIndex> parse(String text) {
        int end = text.lastIndexOf("sha256 ");
        if (!text.startsWith(HEAD) || end < 0) {
            return Optional.empty();
        }
        String content = text.substring(0, end);
        if (!text.substring(end).equals("sha256 " + hash(content) + "\n")) {
            return Optional.empty();
        }
        Map<String, File> files = new TreeMap<>();
        Map<String, Instant> begun = new TreeMap<>();
        for (String line : content.split("\n")) {
            String[] part = line.split(" ");
            switch (part[0]) {
                case "file" -> files.put(part[1], new File(part[2], Long.parseLong(part[3]), Instant.parse(part[4])));
                case "begun" -> begun.put(part[1], Instant.parse(part[2]));
                default -> {
                    // The head.
                }
            }
        }
        long serial = Long.parseLong(content.substring(HEAD.length(), content.indexOf('\n')));
        return Optional.of(new PlainIndex(serial, files, begun));
    }

    private static String hash(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java has no SHA-256", e);
        }
    }
}
