package platform.backup.api;

/**
 * What became of a line of a command file, or of one backup that it asks for.
 *
 * @param line its number, from 1
 * @param command the line, or the address that the backup goes to; without a password
 * @param status what became of it
 * @param detail a sentence; empty when there is nothing to say
 */
public record CommandFileStep(int line, String command, Status status, String detail) {

    /** What became of it. */
    public enum Status {
        /** It holds: the lines after it count. */
        PASSED,
        /** It was done. */
        DONE,
        /** It would be done. */
        WOULD,
        /** A line before it says that it does not count now. */
        SKIPPED,
        /** It is no command that is known here; it was left out. */
        UNKNOWN,
        /** It was tried without success. */
        FAILED
    }
}
