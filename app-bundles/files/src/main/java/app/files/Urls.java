package app.files;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Percent-encoding of the segments of a path (RFC 3986, section 2). */
final class Urls {

    private static final String PLAIN = "-._~!$'()*+,=:@";
    private static final int MAX_NAME = 255;

    private Urls() {}

    static String encode(String name) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            if (isPlain(b)) {
                encoded.append((char) b);
            } else {
                encoded.append('%')
                        .append(Character.toUpperCase(Character.forDigit((b >> 4) & 15, 16)))
                        .append(Character.toUpperCase(Character.forDigit(b & 15, 16)));
            }
        }
        return encoded.toString();
    }

    /**
     * The name that a segment stands for.
     *
     * @throws DavException 400 when it is malformed, or no entry can have that name
     */
    static String decode(String segment) {
        byte[] bytes = bytes(segment);
        if (bytes.length > MAX_NAME) {
            throw new DavException(
                    400, "A name in the path has " + bytes.length + " bytes. Use at most 255 bytes of UTF-8.");
        }
        String name = text(bytes);
        if (name.isEmpty() || name.equals(".") || name.equals("..")) {
            throw new DavException(400, "A name in the path is empty, '.' or '..'. Send the path without them.");
        }
        if (name.chars().anyMatch(c -> c == '/' || c == '\\' || Character.isISOControl(c))) {
            throw new DavException(
                    400, "A name in the path has a slash, a backslash or a control character. Choose another.");
        }
        return name;
    }

    private static boolean isPlain(byte b) {
        return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' || PLAIN.indexOf(b) >= 0;
    }

    private static byte[] bytes(String segment) {
        byte[] raw = segment.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(raw.length);
        for (int i = 0; i < raw.length; i++) {
            if (raw[i] != '%') {
                bytes.write(raw[i]);
            } else {
                bytes.write(digit(raw, i + 1) << 4 | digit(raw, i + 2));
                i += 2;
            }
        }
        return bytes.toByteArray();
    }

    private static int digit(byte[] raw, int index) {
        int value = index < raw.length ? Character.digit((char) raw[index], 16) : -1;
        if (value < 0) {
            throw new DavException(
                    400, "The path has a '%' that two hexadecimal digits do not follow. Encode it as %25.");
        }
        return value;
    }

    private static String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new DavException(400, "A name in the path is not UTF-8. Encode the path in UTF-8.");
        }
    }
}
