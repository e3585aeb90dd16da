package platform.webserver.api;

import java.time.Duration;

/**
 * What the sockets of a path have done since it was opened.
 *
 * @param open sockets open now
 * @param opened sockets that were ever opened
 * @param refused upgrades answered 503 because a limit was reached; 403 because of a foreign origin counts too
 * @param slowClosed sockets cut off because their peer did not read
 * @param messagesIn whole messages received
 * @param messagesOut whole messages accepted for sending
 * @param bytesIn bytes received, with the headers of frames, as they were on the wire
 * @param bytesOut payload bytes of the accepted messages, before compression
 * @param refusedMessages messages dropped because a queue was full
 * @param buffered bytes that wait in the memory: for slow peers, of unfinished messages, for a listener that lags
 * @param pings pings of the webserver that were answered
 * @param pingLatency how long the answers took on average; zero while there was none
 */
public record WebSocketStatistics(
        int open,
        long opened,
        long refused,
        long slowClosed,
        long messagesIn,
        long messagesOut,
        long bytesIn,
        long bytesOut,
        long refusedMessages,
        long buffered,
        long pings,
        Duration pingLatency) {}
