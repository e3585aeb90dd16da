package platform.db.postgresql;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import platform.db.api.DatabaseException;
import platform.db.postgresql.SqlTokens.Kind;
import platform.db.postgresql.SqlTokens.Token;

/**
 * A {@code CREATE EXTENSION} of a script. Only what is written out is found: not what a function or a {@code DO} block would
 * run. The platform takes nothing but names from it, so a script can at most make it create what is allowed anyway.
 *
 * @param name as the server understands it: in lower case, unless it is quoted
 * @param repeatable whether it says {@code IF NOT EXISTS}
 * @param schema where it is to be, if it says so
 * @param version which one, if it says so
 */
record ExtensionStatement(String name, boolean repeatable, Optional<String> schema, Optional<String> version) {

    /**
     * Those of a script, in its order.
     *
     * @throws DatabaseException when one has another form than PostgreSQL's
     */
    static List<ExtensionStatement> in(String script) {
        return SqlTokens.statements(script).stream()
                .filter(tokens -> tokens.size() > 1
                        && tokens.get(0).is("create")
                        && tokens.get(1).is("extension"))
                .map(tokens -> new Reader(tokens).read())
                .toList();
    }

    /** Reads the tokens one after the other. */
    private static final class Reader {

        private final List<Token> tokens;
        private int at = 2;
        private Optional<String> schema = Optional.empty();
        private Optional<String> version = Optional.empty();

        Reader(List<Token> tokens) {
            this.tokens = tokens;
        }

        ExtensionStatement read() {
            boolean repeatable = accept("if");
            if (repeatable && !(accept("not") && accept("exists"))) {
                throw unreadable();
            }
            String name = name();
            accept("with");
            while (at < tokens.size()) {
                option();
            }
            return new ExtensionStatement(name, repeatable, schema, version);
        }

        private void option() {
            if (schema.isEmpty() && accept("schema")) {
                schema = Optional.of(name());
            } else if (version.isEmpty() && accept("version")) {
                version = Optional.of(version());
            } else if (!accept("cascade")) {
                throw unreadable();
            }
        }

        private boolean accept(String keyword) {
            boolean here = at < tokens.size() && tokens.get(at).is(keyword);
            at += here ? 1 : 0;
            return here;
        }

        private String name() {
            Token token = next();
            return switch (token.kind()) {
                case QUOTED -> token.text();
                case WORD -> token.text().toLowerCase(Locale.ROOT);
                default -> throw unreadable();
            };
        }

        private String version() {
            return at < tokens.size() && tokens.get(at).kind() == Kind.TEXT ? next().text() : name();
        }

        private Token next() {
            if (at >= tokens.size()) {
                throw unreadable();
            }
            return tokens.get(at++);
        }

        private DatabaseException unreadable() {
            String words = String.join(" ", tokens.stream().map(Token::text).toList());
            return new DatabaseException("the statement '" + words
                    + "' cannot be read: write CREATE EXTENSION IF NOT EXISTS name, with SCHEMA name or VERSION 'text'"
                    + " if need be");
        }
    }
}
