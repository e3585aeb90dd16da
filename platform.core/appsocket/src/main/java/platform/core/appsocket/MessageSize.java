package platform.core.appsocket;

import java.nio.charset.StandardCharsets;
import platform.core.api.AppSession;

/** How large a message may be. */
final class MessageSize {

    private static final int BYTES_OF_A_CHAR = 3;

    private MessageSize() {}

    static boolean isTooLarge(String text) {
        int most = AppSession.MESSAGE_BYTES;
        // Most messages are so small that nobody needs to count their bytes.
        return text.length() > most / BYTES_OF_A_CHAR
                && (text.length() > most || text.getBytes(StandardCharsets.UTF_8).length > most);
    }
}
