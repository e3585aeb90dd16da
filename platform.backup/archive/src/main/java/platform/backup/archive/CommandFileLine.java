package platform.backup.archive;

import java.util.Set;

/**
 * A line of a command file, understood or not ({@code reference/platform-facts.md}, Command file).
 */
interface CommandFileLine {

    /** Its number in the file, from 1. */
    int number();

    /** As it is written, without a password, fit to be shown. */
    String text();

    /** {@code mod cmd UP1 times [/allow h,h,…] [/initial min]}. */
    record Times(int number, String text, Set<Integer> hours, int initialMinutes) implements CommandFileLine {}

    /** {@code mod cmd UP1 check <final> <serial>}. */
    record Check(int number, String text, String serial) implements CommandFileLine {}

    /** {@code mod cmd UP0 scfg <url>}. */
    record Put(int number, String text, String url) implements CommandFileLine {}

    /** Anything else. */
    record Unknown(int number, String text, String reason) implements CommandFileLine {}
}
