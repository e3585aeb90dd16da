package platform.core.manager;

import java.time.Instant;

/** The password that an instance had before. @param until when it is accepted no more */
record FormerPassword(String password, Instant until) {

    /** Without the password. */
    @Override
    public String toString() {
        return "FormerPassword[until " + until + "]";
    }
}
