package platform.core.api;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A number of bytes as people write it: {@code 500K}, {@code 5M}, {@code 1G}, or without a letter. They count by 1024. */
public final class ByteSize {

    private static final Pattern FORM = Pattern.compile("(\\d{1,9})([KMG]?)");

    private ByteSize() {}

    /**
     * @throws PlatformException INVALID when it is none
     */
    public static long parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw PlatformException.invalid(
                    InstanceId.quoted(text) + " is no number of bytes: give a number and K, M or G, such as 5M");
        }
        return Long.parseLong(matcher.group(1)) << 10 * " KMG".indexOf((matcher.group(2) + " ").charAt(0));
    }

    /** As it is read: {@code 5M}. */
    public static String exact(long bytes) {
        return text(bytes).replace(" ", "");
    }

    /** With a gap before the letter: {@code 5 M}. */
    public static String text(long bytes) {
        for (int power = 3; power > 0; power--) {
            long unit = 1L << 10 * power;
            if (bytes >= unit && bytes % unit == 0) {
                return bytes / unit + " KMG".substring(power, power + 1);
            }
        }
        return Long.toString(bytes);
    }
}
