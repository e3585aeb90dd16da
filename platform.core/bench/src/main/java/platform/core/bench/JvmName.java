package platform.core.bench;

import java.util.Locale;

/** How a JVM is asked for, such as {@code 25-serial}. */
record JvmName(int major, Collector collector) {

    static JvmName parse(String text) {
        String[] parts = text.split("-");
        try {
            if (parts.length == 2) {
                return new JvmName(Integer.parseInt(parts[0]), Collector.valueOf(parts[1].toUpperCase(Locale.ROOT)));
            }
        } catch (IllegalArgumentException e) {
            throw unknown(text);
        }
        throw unknown(text);
    }

    private static UsageException unknown(String text) {
        return new UsageException("--jvm takes names such as 25-serial or 17-g1, not '" + text + "'.");
    }

    @Override
    public String toString() {
        return major + "-" + collector.label();
    }
}
