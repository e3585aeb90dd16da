package platform.backup.archive;

import java.io.IOException;

/** A target did not do what was asked; the message says what failed, on what, and what to do. */
final class TargetException extends IOException {

    private static final long serialVersionUID = 1L;

    private final boolean passing;

    private TargetException(String message, boolean passing, Throwable cause) {
        super(message, cause);
        this.passing = passing;
    }

    /** It would fail again: somebody has to change something first. */
    static TargetException lasting(String message, Throwable cause) {
        return new TargetException(message, false, cause);
    }

    static TargetException lasting(String message) {
        return lasting(message, null);
    }

    /** It may well succeed a little later. */
    static TargetException passing(String message, Throwable cause) {
        return new TargetException(message, true, cause);
    }

    static TargetException passing(String message) {
        return passing(message, null);
    }

    boolean isPassing() {
        return passing;
    }

    /** What it was before an upload said that it cannot be repeated by itself: who has all the data may begin it anew. */
    TargetException first() {
        return getCause() instanceof TargetException before ? before : this;
    }
}
