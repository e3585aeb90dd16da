package platform.db.postgresql;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cuts an SQL script into statements and these into tokens, as PostgreSQL does (chapter 4.1 of its manual). What is in
 * comments is gone, what is in strings and dollar quotes is one token.
 */
final class SqlTokens {

    /** What a token is. */
    enum Kind {
        WORD,
        QUOTED,
        TEXT,
        OTHER
    }

    /**
     * A token.
     *
     * @param text without its quotes
     */
    record Token(Kind kind, String text) {

        boolean is(String keyword) {
            return kind == Kind.WORD && text.equalsIgnoreCase(keyword);
        }
    }

    private static final Pattern SPACE = Pattern.compile("\\s+|--[^\\r\\n]*");
    private static final Pattern WORD = Pattern.compile("[A-Za-z_\\x80-\\uffff][A-Za-z_0-9$\\x80-\\uffff]*");
    private static final Pattern QUOTED = Pattern.compile("\"((?:[^\"]|\"\")*+)\"");
    private static final Pattern ESCAPED = Pattern.compile("[eE]'((?:[^'\\\\]|''|\\\\.)*+)'", Pattern.DOTALL);
    private static final Pattern TEXT = Pattern.compile("'((?:[^']|'')*+)'");
    private static final Pattern DOLLAR = Pattern.compile("\\$([A-Za-z_\\x80-\\uffff][A-Za-z_0-9\\x80-\\uffff]*)?\\$");

    private final String sql;
    private final List<List<Token>> statements = new ArrayList<>();
    private List<Token> statement = new ArrayList<>();
    private int at;

    private SqlTokens(String sql) {
        this.sql = sql;
    }

    static List<List<Token>> statements(String sql) {
        return new SqlTokens(sql).read();
    }

    private List<List<Token>> read() {
        while (at < sql.length()) {
            if (!space() && !comment() && !token()) {
                other();
            }
        }
        end();
        return statements;
    }

    private boolean space() {
        return match(SPACE) != null;
    }

    /** Comments of this kind are nested. One that does not end hides the rest, which the server refuses. */
    private boolean comment() {
        if (!sql.startsWith("/*", at)) {
            return false;
        }
        int depth = 0;
        do {
            if (sql.startsWith("/*", at)) {
                depth++;
                at += 2;
            } else if (sql.startsWith("*/", at)) {
                depth--;
                at += 2;
            } else {
                at++;
            }
        } while (depth > 0 && at < sql.length());
        return true;
    }

    private boolean token() {
        return add(Kind.TEXT, match(ESCAPED))
                || add(Kind.TEXT, match(TEXT))
                || add(Kind.QUOTED, match(QUOTED))
                || add(Kind.TEXT, dollarQuoted())
                || add(Kind.WORD, match(WORD));
    }

    private boolean add(Kind kind, String text) {
        if (text == null) {
            return false;
        }
        statement.add(new Token(kind, kind == Kind.QUOTED ? text.replace("\"\"", "\"") : text.replace("''", "'")));
        return true;
    }

    private String dollarQuoted() {
        int begin = at;
        if (match(DOLLAR) == null) {
            return null;
        }
        String tag = sql.substring(begin, at);
        int end = sql.indexOf(tag, at);
        String text = sql.substring(at, end < 0 ? sql.length() : end);
        at = end < 0 ? sql.length() : end + tag.length();
        return text;
    }

    private void other() {
        char c = sql.charAt(at);
        at++;
        if (c == ';') {
            end();
        } else {
            statement.add(new Token(Kind.OTHER, String.valueOf(c)));
        }
    }

    private void end() {
        if (!statement.isEmpty()) {
            statements.add(statement);
            statement = new ArrayList<>();
        }
    }

    /** The first group, or all where there is none; null when it does not match here. */
    private String match(Pattern pattern) {
        Matcher matcher = pattern.matcher(sql).region(at, sql.length());
        if (!matcher.lookingAt()) {
            return null;
        }
        at = matcher.end();
        String found = matcher.groupCount() == 0 ? matcher.group() : matcher.group(1);
        return found == null ? "" : found;
    }
}
