package platform.core.bench.load;

import java.nio.ByteBuffer;

/** What happens on sockets; all on the loop's thread. */
interface SocketEvents {

    default void opened(LoadSocket socket) {}

    /** It did not come to be open. */
    default void failed(LoadSocket socket, String reason) {}

    /** @param payload good until the method returns */
    default void message(LoadSocket socket, ByteBuffer payload) {}

    /** The server has ended it, by a close frame or without. */
    default void closed(LoadSocket socket) {}
}
