package platform.db.api;

/**
 * A table whose rows are taken over into another database.
 *
 * @param schema its schema, which the other database has as well
 * @param name its name
 * @param into the name of the table there: a new one that gets the columns and the rows and nothing else; or the same name,
 *     of a table that loses its rows and gets these
 */
public record TableCopy(String schema, String name, String into) {

    /** As {@link Dumps#rows} calls it. */
    public String title() {
        return schema + "." + name;
    }

    /** Whether the rows of a table are replaced, and none is made. */
    public boolean isReplacement() {
        return name.equals(into);
    }
}
