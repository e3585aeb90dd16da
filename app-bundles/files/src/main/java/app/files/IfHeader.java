package app.files;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The If header (RFC 4918 10.4): true when one of its lists is true, that is when all conditions of the list are.
 *
 * @param lists in the order of the header
 */
record IfHeader(List<ConditionList> lists) {

    /**
     * Reads the header.
     *
     * @param header empty when there is none
     * @throws DavException 400 when it is malformed
     */
    static IfHeader parse(String header) {
        return new IfHeader(header.isEmpty() ? List.of() : new Parser(header).lists());
    }

    /** The state tokens that the client shows to know, wherever they stand (RFC 4918 10.4.1). */
    Set<String> tokens() {
        Set<String> tokens = new HashSet<>();
        for (ConditionList list : lists) {
            list.conditions().stream()
                    .filter(condition -> !condition.etag())
                    .forEach(condition -> tokens.add(condition.value()));
        }
        return tokens;
    }

    /**
     * Conditions that must all be met.
     *
     * @param tag the URL of the resource that they are about; empty for the one of the request
     */
    record ConditionList(String tag, List<Condition> conditions) {}

    /**
     * One condition.
     *
     * @param negated whether it is met when the resource is not in this state
     * @param etag whether the value is an entity tag rather than a state token
     */
    record Condition(boolean negated, boolean etag, String value) {}

    /** Reads a header from left to right. */
    private static final class Parser {

        private final String header;
        private int next;

        Parser(String header) {
            this.header = header;
        }

        List<ConditionList> lists() {
            List<ConditionList> lists = new ArrayList<>();
            String tag = "";
            boolean open = false;
            for (skipSpace(); next < header.length(); skipSpace()) {
                if (header.charAt(next) == '<') {
                    require(!open && (lists.isEmpty() || !tag.isEmpty()));
                    tag = enclosed('<', '>');
                    open = true;
                } else {
                    lists.add(new ConditionList(tag, conditions()));
                    open = false;
                }
            }
            require(!open && !lists.isEmpty());
            return lists;
        }

        private List<Condition> conditions() {
            List<Condition> conditions = new ArrayList<>();
            expect('(');
            for (skipSpace(); !isNext(')'); skipSpace()) {
                boolean negated = header.regionMatches(true, next, "Not", 0, 3);
                next += negated ? 3 : 0;
                skipSpace();
                boolean etag = isNext('[');
                conditions.add(new Condition(negated, etag, etag ? entityTag() : enclosed('<', '>')));
            }
            expect(')');
            require(!conditions.isEmpty());
            return conditions;
        }

        /** An entity tag may have a ']' of its own, within its quotes. */
        private String entityTag() {
            expect('[');
            int quote = header.indexOf('"', next);
            int end = header.indexOf('"', quote + 1);
            require(quote >= 0 && end > 0);
            String value = header.substring(next, end + 1).trim();
            next = end + 1;
            skipSpace();
            expect(']');
            return value;
        }

        private String enclosed(char first, char last) {
            expect(first);
            int end = header.indexOf(last, next);
            require(end > next);
            String value = header.substring(next, end);
            next = end + 1;
            return value;
        }

        private void expect(char c) {
            require(isNext(c));
            next++;
        }

        private boolean isNext(char c) {
            return next < header.length() && header.charAt(next) == c;
        }

        private void skipSpace() {
            while (isNext(' ') || isNext('\t')) {
                next++;
            }
        }

        private void require(boolean wellFormed) {
            if (!wellFormed) {
                throw new DavException(
                        400,
                        "The If header is malformed at character " + (next + 1) + ". Send it as in RFC 4918 10.4.");
            }
        }
    }
}
