package app.files;

import java.util.List;

/** The request is answered with this status; the message says what failed, on what, and what to do. */
final class DavException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient Condition condition;
    private final transient List<Member> members;

    DavException(int status, String message) {
        this(status, message, new Condition("", List.of()), List.of());
    }

    private DavException(int status, String message, Condition condition, List<Member> members) {
        super(message);
        this.status = status;
        this.condition = condition;
        this.members = members;
    }

    /** The answer names a precondition of RFC 4918, section 16, and what it is about. */
    static DavException condition(int status, String message, String name, List<String> hrefs) {
        return new DavException(status, message, new Condition(name, hrefs), List.of());
    }

    /** The answer is a 207 that says which resources were in the way (RFC 4918, section 13). */
    static DavException members(String message, List<Member> members) {
        return new DavException(207, message, new Condition("", List.of()), members);
    }

    int status() {
        return status;
    }

    Condition condition() {
        return condition;
    }

    List<Member> members() {
        return members;
    }

    /**
     * A precondition that was not met.
     *
     * @param name of the element in the namespace DAV:, empty for none
     */
    record Condition(String name, List<String> hrefs) {}

    /** A resource with the status that it was in the way with. */
    record Member(String href, int status) {}
}
