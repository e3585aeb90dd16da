package platform.db.postgresql;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How connections to a server are encrypted, and whom they believe.
 *
 * @param mode one of PostgreSQL's own {@code sslmode}s
 * @param ca the certificates that may vouch for the server; needed where it is verified
 */
record Tls(Mode mode, Optional<Path> ca) {

    /** On loopback the offers of encryption only cost a round trip each. */
    static final Tls NONE = new Tls(Mode.DISABLE, Optional.empty());

    /** From no encryption at all to a server that has proved its name. */
    enum Mode {
        DISABLE("disable"),
        REQUIRE("require"),
        VERIFY_CA("verify-ca"),
        VERIFY_FULL("verify-full");

        private final String text;

        Mode(String text) {
            this.text = text;
        }

        boolean verifies() {
            return this == VERIFY_CA || this == VERIFY_FULL;
        }

        /** As PostgreSQL and its clients write it. */
        @Override
        public String toString() {
            return text;
        }
    }
}
