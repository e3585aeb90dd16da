package platform.core.admin;

import platform.core.api.Caller;
import platform.core.api.Role;

/**
 * What it takes to see a page.
 *
 * @param scoped whether it is open to who has a scope, too, since it shows only what is within
 */
record Need(Role role, boolean scoped) {

    static final Need ADMINISTRATOR = new Need(Role.ADMINISTRATOR, false);

    boolean isMetBy(Caller caller) {
        return scoped ? caller.role().includes(role) : caller.mayEverywhere(role);
    }

    @Override
    public String toString() {
        return "the role " + role + (scoped ? "" : " of everything");
    }
}
