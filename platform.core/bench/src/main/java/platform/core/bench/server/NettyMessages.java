package platform.core.bench.server;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.group.ChannelGroup;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler.HandshakeComplete;

/** Sends back what it receives; on the broadcast's path to all that are open. */
final class NettyMessages extends SimpleChannelInboundHandler<WebSocketFrame> {

    private final ChannelGroup listeners;
    private boolean broadcast;

    NettyMessages(ChannelGroup listeners) {
        this.listeners = listeners;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof HandshakeComplete upgrade && upgrade.requestUri().startsWith(Settings.BROADCAST)) {
            broadcast = true;
            listeners.add(context.channel());
        }
        context.fireUserEventTriggered(event);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, WebSocketFrame message) {
        if (broadcast) {
            listeners.writeAndFlush(message.retain());
        } else {
            context.writeAndFlush(message.retain());
        }
    }

    /** A connection that was reset is no news here. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
