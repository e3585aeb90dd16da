package platform.backup.api;

/**
 * Which backups are kept: one that any of the numbers asks for. All zero keeps every backup.
 *
 * @param last the last so many
 * @param daily the newest of each of the last so many days that have one, in the schedule's zone
 * @param weekly the newest of each of so many weeks, which begin on Monday
 * @param monthly the newest of each of so many months
 */
public record Retention(int last, int daily, int weekly, int monthly) {

    /** Keeps every backup. */
    public static final Retention EVERYTHING = new Retention(0, 0, 0, 0);

    /**
     * @throws BackupException when a number is not from 0 to 10000
     */
    public Retention {
        check("last", last);
        check("daily", daily);
        check("weekly", weekly);
        check("monthly", monthly);
    }

    private static void check(String name, int number) {
        if (number < 0 || number > 10_000) {
            throw new BackupException(
                    "keep " + name + "=" + number + " is not allowed. Give a number from 0 to 10000.");
        }
    }

    public boolean isEverything() {
        return last + daily + weekly + monthly == 0;
    }
}
