package platform.db.postgresql;

import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import platform.db.api.DatabaseException;

/** Names and texts as SQL writes them. */
final class Sql {

    /** What PostgreSQL keeps of a name; it cuts longer ones off without a word (NAMEDATALEN). */
    private static final int LONGEST_NAME = 63;

    private Sql() {}

    /**
     * The name as a quoted identifier.
     *
     * @throws DatabaseException when PostgreSQL cannot hold it as it is
     */
    static String identifier(String name) {
        int length = length(name);
        if (length == 0 || length > LONGEST_NAME) {
            throw new DatabaseException("The name '" + name + "' takes " + length
                    + " bytes; a database or a role has a name of 1 to " + LONGEST_NAME + " bytes in UTF-8");
        }
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    private static int length(String name) {
        if (name.indexOf('\0') >= 0) {
            throw new DatabaseException("A name of a database or a role must not contain the character NUL");
        }
        try {
            return StandardCharsets.UTF_8
                    .newEncoder()
                    .encode(CharBuffer.wrap(name))
                    .remaining();
        } catch (CharacterCodingException e) {
            throw new DatabaseException("A name of a database or a role is not valid Unicode", e);
        }
    }

    /** The text as a string constant; our server has standard_conforming_strings on, so a backslash is only that. */
    static String text(String text) {
        return '\'' + text.replace("'", "''") + '\'';
    }
}
