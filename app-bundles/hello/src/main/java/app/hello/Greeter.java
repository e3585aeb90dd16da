package app.hello;

import java.util.Map;
import platform.core.api.AppLogin;
import platform.core.api.AppMessage;
import platform.core.api.AppSession;
import platform.core.api.AppSocketListener;

// region greeter
/** Tells whoever says hello who he is. */
final class Greeter implements AppSocketListener {

    @Override
    public void onMessage(AppSession session, AppMessage message) {
        if (message.mt().equals("Hello")) {
            session.answer(message, "HelloResult", who(session.login()));
        }
    }

    private static Map<String, Object> who(AppLogin login) {
        return Map.of(
                "app", login.app(),
                "domain", login.domain(),
                "sip", login.sip(),
                "guid", login.guid(),
                "dn", login.dn(),
                "pbxObject", login.isPbxObject(),
                "password", login.isPasswordLogin());
    }
}
// endregion
