package platform.core.api;

import java.util.Map;

/**
 * Who has logged in to an app's socket, as the client's PBX has vouched for by the instance's password. The fields are those
 * of the message {@code AppLogin}; what it did not have is empty, never null.
 *
 * @param app the app that the client asked for: rights depend on it
 * @param domain the client's domain
 * @param sip the user's name, or the app object's
 * @param guid the user's identity, 32 hexadecimal digits
 * @param dn the name that people see
 * @param pbxObj the app object through which a user came; not covered by the digest, so not to be trusted
 * @param info what the PBX says besides, not modifiable: see {@link AppMessage#fields()} for how; empty when there was none
 * @param infoText the same as JSON text; empty when there was none
 */
public record AppLogin(
        String app,
        String domain,
        String sip,
        String guid,
        String dn,
        String pbxObj,
        Map<String, Object> info,
        String infoText) {

    private static final String NO_GUID = "0".repeat(32);

    /** Whether this is an app object of the PBX itself: trusted like an administrator of the instance. */
    public boolean isPbxObject() {
        return !sip.isEmpty() && sip.equals(info.get("appobj"));
    }

    /** Whether somebody has typed the instance's password, rather than come by way of a PBX. */
    public boolean isPasswordLogin() {
        return infoText.isEmpty() && sip.equals(app) && guid.equals(NO_GUID) && dn.equals("Admin");
    }
}
