package platform.core.shell;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A number of bytes as people write it: {@code 500K}, {@code 5M}, {@code 1G}, or without a letter. */
final class ByteSize implements ITypeConverter<Long> {

    private static final Pattern FORM = Pattern.compile("(\\d{1,9})([KMG]?)");

    @Override
    public Long convert(String value) {
        Matcher matcher = FORM.matcher(value);
        if (!matcher.matches()) {
            throw new TypeConversionException(
                    "'" + value + "' is no number of bytes: give a number and K, M or G, such as 5M");
        }
        return Long.parseLong(matcher.group(1)) << 10 * " KMG".indexOf((matcher.group(2) + " ").charAt(0));
    }

    /** As it is read: {@code 5M}. */
    static String exact(long bytes) {
        return text(bytes).replace(" ", "");
    }

    static String text(long bytes) {
        for (int power = 3; power > 0; power--) {
            long unit = 1L << 10 * power;
            if (bytes >= unit && bytes % unit == 0) {
                return bytes / unit + " KMG".substring(power, power + 1);
            }
        }
        return Long.toString(bytes);
    }
}
