package platform.core.appsocket;

import java.util.Random;

/**
 * Draws JSON objects and writes each twice at the same time: as it is hashed, and as somebody may send it, with white space and
 * needless escapes. Straightforward, and without any parsing.
 */
final class InfoModel {

    private static final String[] PLAIN = {
        "a", "Z", "7", " ", "é", "ß", "日", "😀", ":", "{", "}", "[", ",", "\u007f", "\u2028"
    };

    private final Random random;
    private final StringBuilder hashed = new StringBuilder();
    private final StringBuilder sent = new StringBuilder();
    private int names;

    InfoModel(long seed) {
        random = new Random(seed);
        object(0);
    }

    String hashed() {
        return hashed.toString();
    }

    String sent() {
        return sent.toString();
    }

    private void object(int depth) {
        both("{");
        int size = random.nextInt(5);
        for (int i = 0; i < size; i++) {
            separate(i);
            name();
            space();
            both(":");
            value(depth + 1);
        }
        space();
        both("}");
    }

    private void array(int depth) {
        both("[");
        int size = random.nextInt(4);
        for (int i = 0; i < size; i++) {
            separate(i);
            value(depth + 1);
        }
        space();
        both("]");
    }

    private void separate(int index) {
        space();
        if (index > 0) {
            both(",");
        }
        space();
    }

    private void value(int depth) {
        space();
        switch (random.nextInt(depth > 4 ? 4 : 6)) {
            case 0 -> string("");
            case 1 -> both(new String[] {"0", "-1", "1.0", "1e5", "12345678901234567890", "-0.10"}[random.nextInt(6)]);
            case 2 -> both(random.nextBoolean() ? "true" : "false");
            case 3 -> both("null");
            case 4 -> object(depth);
            default -> array(depth);
        }
        space();
    }

    /** Different from all others, in an order that no sorting gives. */
    private void name() {
        string((char) ('a' + random.nextInt(26)) + "" + names++);
    }

    private void string(String beginning) {
        both("\"" + beginning);
        int length = random.nextInt(8);
        for (int i = 0; i < length; i++) {
            switch (random.nextInt(4)) {
                case 0 -> needed();
                case 1 -> slash();
                default -> plain(PLAIN[random.nextInt(PLAIN.length)]);
            }
        }
        both("\"");
    }

    private void plain(String text) {
        hashed.append(text);
        if (random.nextBoolean()) {
            sent.append(text);
            return;
        }
        for (char unit : text.toCharArray()) {
            sent.append(numeric(unit));
        }
    }

    private void slash() {
        hashed.append("/");
        sent.append(new String[] {"/", "\\/", "\\u002f", "\\u002F"}[random.nextInt(4)]);
    }

    /** A character that cannot stand for itself. */
    private void needed() {
        String[][] all = {
            {"\\\"", "\""},
            {"\\\\", "\\"},
            {"\\n", "\n"},
            {"\\r", "\r"},
            {"\\t", "\t"},
            {"\\b", "\b"},
            {"\\f", "\f"},
            {"\\u0000", "\0"},
            {"\\u001f", "\u001f"}
        };
        String[] one = all[random.nextInt(all.length)];
        hashed.append(one[0]);
        sent.append(random.nextBoolean() ? one[0] : numeric(one[1].charAt(0)));
    }

    private String numeric(char unit) {
        return String.format(random.nextBoolean() ? "\\u%04x" : "\\u%04X", (int) unit)
                .replace("\\U", "\\u");
    }

    private void space() {
        int length = random.nextInt(6) - 3;
        for (int i = 0; i < length; i++) {
            sent.append(" \t\r\n".charAt(random.nextInt(4)));
        }
    }

    private void both(String text) {
        hashed.append(text);
        sent.append(text);
    }
}
