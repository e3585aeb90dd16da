package platform.core.appsocket;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What a client knows and calculates, written anew from the reference, without the code under test. */
final class Client {

    static final String PASSWORD = "pwd";
    static final String USER_INFO = "{\"groups\":[\"staff\"]}";

    private Client() {}

    /** @param info null when the message has none */
    static String digest(
            String app, String domain, String sip, String guid, String dn, String info, String challenge, String pwd) {
        String joined = app + ":" + domain + ":" + sip + ":" + guid + ":" + dn + ":";
        if (info != null) {
            joined += info + ":";
        }
        return sha256(joined + challenge + ":" + pwd);
    }

    static String sha256(String text) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The login of a user of the PBX. */
    static String userLogin(String challenge, String password) {
        return login("alice", USER_INFO, challenge, password);
    }

    /** The login of an app object of the PBX. */
    static String objectLogin(String challenge) {
        return login("hello-object", "{\"appobj\":\"hello-object\"}", challenge, PASSWORD);
    }

    private static String login(String sip, String info, String challenge, String password) {
        return "{\"mt\":\"AppLogin\",\"app\":\"hello\",\"domain\":\"pbx.example\",\"sip\":\"" + sip
                + "\",\"guid\":\"0123\",\"dn\":\"Alice A.\",\"pbxObj\":\"hello-object\",\"info\":" + info
                + ",\"digest\":\""
                + digest("hello", "pbx.example", sip, "0123", "Alice A.", info, challenge, password)
                + "\"}";
    }

    /** The login of somebody who has typed the password. */
    static String passwordLogin(String app, String challenge, String password) {
        String zeros = "00000000000000000000000000000000";
        return "{\"mt\":\"AppLogin\",\"app\":\"" + app + "\",\"domain\":\"\",\"sip\":\"" + app + "\",\"guid\":\""
                + zeros + "\",\"dn\":\"Admin\",\"digest\":\""
                + digest(app, "", app, zeros, "Admin", null, challenge, password)
                + "\"}";
    }
}
