package platform.core.appsocket;

import java.util.Locale;

/**
 * JSON text as it is hashed: without white space between its parts and without escapes that are not needed, all else letter by
 * letter as it was sent (reference: app-websocket.md, Digest).
 */
final class InfoText {

    private static final String SHORT_ESCAPES = "\"\\bfnrt";
    private static final String THEIR_CHARACTERS = "\"\\\b\f\n\r\t";
    private static final int ESCAPE_LENGTH = 6;

    private final String json;
    private final StringBuilder out;
    private int at;

    private InfoText(String json) {
        this.json = json;
        this.out = new StringBuilder(json.length());
    }

    /** @param json well-formed */
    static String canonical(String json) {
        return new InfoText(json).rewrite();
    }

    private String rewrite() {
        while (at < json.length()) {
            char next = json.charAt(at);
            if (next == '"') {
                string();
            } else if (" \t\r\n".indexOf(next) < 0) {
                out.append(next);
            }
            at++;
        }
        return out.toString();
    }

    /** From its first quotation mark to its last. */
    private void string() {
        out.append('"');
        for (at++; json.charAt(at) != '"'; at++) {
            if (json.charAt(at) == '\\') {
                escape();
            } else {
                out.append(json.charAt(at));
            }
        }
        out.append('"');
    }

    /** From the backslash to its last letter. */
    private void escape() {
        at++;
        char letter = json.charAt(at);
        if (letter == 'u') {
            numeric();
        } else if (letter == '/') {
            out.append('/');
        } else {
            out.append('\\').append(letter);
        }
    }

    private void numeric() {
        char meant = digits(at + 1);
        at += 4;
        if (Character.isHighSurrogate(meant) && isLowSurrogate(at + 1)) {
            out.append(meant).append(digits(at + 3));
            at += ESCAPE_LENGTH;
        } else {
            append(meant);
        }
    }

    private boolean isLowSurrogate(int escape) {
        return json.startsWith("\\u", escape) && Character.isLowSurrogate(digits(escape + 2));
    }

    private char digits(int start) {
        return (char) Integer.parseInt(json, start, start + 4, 16);
    }

    /** By the shortest escape, where the character needs one. */
    private void append(char meant) {
        int index = THEIR_CHARACTERS.indexOf(meant);
        if (index >= 0) {
            out.append('\\').append(SHORT_ESCAPES.charAt(index));
        } else if (meant < ' ' || Character.isSurrogate(meant)) {
            out.append(String.format(Locale.ROOT, "\\u%04x", (int) meant));
        } else {
            out.append(meant);
        }
    }
}
