package platform.core.bench.server;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.handler.codec.http.websocketx.extensions.compression.WebSocketServerCompressionHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/** Netty with Linux's epoll; TLS by JSSE, like the others', and not by a native library. */
final class NettyServer implements ComparedServer {

    private static final long STOP_SECONDS = 5;

    private final EventLoopGroup acceptor = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    private final EventLoopGroup workers = new MultiThreadIoEventLoopGroup(EpollIoHandler.newFactory());
    private final ChannelGroup listeners = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
    private final Channel plain;
    private final Channel tls;

    NettyServer(Settings settings) throws Exception {
        SslContext certificate = SslContextBuilder.forServer(Keys.managers(settings))
                .sslProvider(SslProvider.JDK)
                .build();
        plain = bind(new Pipeline(settings, listeners, null));
        tls = bind(new Pipeline(settings, listeners, certificate));
    }

    private Channel bind(Pipeline pipeline) throws InterruptedException {
        return new ServerBootstrap()
                .group(acceptor, workers)
                .channel(EpollServerSocketChannel.class)
                .childHandler(pipeline)
                .bind(Settings.HOST, 0)
                .sync()
                .channel();
    }

    @Override
    public int plainPort() {
        return ((InetSocketAddress) plain.localAddress()).getPort();
    }

    @Override
    public int tlsPort() {
        return ((InetSocketAddress) tls.localAddress()).getPort();
    }

    @Override
    public void close() {
        acceptor.shutdownGracefully(0, STOP_SECONDS, TimeUnit.SECONDS)
                .awaitUninterruptibly(STOP_SECONDS, TimeUnit.SECONDS);
        workers.shutdownGracefully(0, STOP_SECONDS, TimeUnit.SECONDS)
                .awaitUninterruptibly(STOP_SECONDS, TimeUnit.SECONDS);
    }

    /** What a new connection consists of. The HTTP part leaves with the upgrade. */
    private static final class Pipeline extends ChannelInitializer<SocketChannel> {

        private final Settings settings;
        private final ChannelGroup listeners;
        private final SslContext certificate;
        private final WebSocketServerProtocolConfig config;

        /** @param certificate null for a connection without TLS */
        Pipeline(Settings settings, ChannelGroup listeners, SslContext certificate) {
            this.settings = settings;
            this.listeners = listeners;
            this.certificate = certificate;
            this.config = WebSocketServerProtocolConfig.newBuilder()
                    .websocketPath("/")
                    .checkStartsWith(true)
                    .allowExtensions(settings.deflate())
                    .maxFramePayloadLength(Settings.MAX_MESSAGE)
                    .build();
        }

        @Override
        protected void initChannel(SocketChannel channel) {
            if (certificate != null) {
                channel.pipeline().addLast(certificate.newHandler(channel.alloc()));
            }
            channel.pipeline().addLast(new HttpServerCodec(), new HttpObjectAggregator(Settings.MAX_MESSAGE));
            if (settings.deflate()) {
                channel.pipeline().addLast(new WebSocketServerCompressionHandler(Settings.MAX_MESSAGE));
            }
            channel.pipeline()
                    .addLast(
                            new WebSocketServerProtocolHandler(config),
                            new WebSocketFrameAggregator(Settings.MAX_MESSAGE),
                            new NettyMessages(listeners));
        }
    }
}
