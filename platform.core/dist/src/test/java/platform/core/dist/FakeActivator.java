package platform.core.dist;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceFactory;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.condition.Condition;

/**
 * Stands for the platform's own bundles in the tests of the launcher. Its bundle's manifest says what it does: provides
 * the service {@code Fake-Service}, serves and is {@code platform.ready}, {@code platform.failed}, {@code platform.degraded}, throws, or hangs.
 */
public final class FakeActivator implements BundleActivator {

    private HttpServer server;

    @Override
    public void start(BundleContext context) throws Exception {
        String service = context.getBundle().getHeaders().get("Fake-Service");
        if (service != null) {
            Hashtable<String, Object> properties = new Hashtable<>();
            properties.put("addresses", new String[] {"http://127.0.0.1:1/"});
            context.registerService(service, new Nothing(), properties);
        }
        switch (does(context)) {
            case "ready" -> ready(context);
            case "fail" ->
                condition(context, "platform.failed", "reason", "PostgreSQL lacks everything: give it some.");
            case "degrade" -> condition(context, "platform.degraded", "reason", "The database is away.");
            case "throw" -> throw new IllegalStateException("The moon is full.");
            case "hang" -> new CountDownLatch(1).await();
            case "quit" -> quit(context);
            default -> {
                // It is just there.
            }
        }
    }

    private static String does(BundleContext context) {
        return String.valueOf(context.getBundle().getHeaders().get("Fake-Does"));
    }

    /** What the command platform:shutdown does. */
    private void quit(BundleContext context) throws Exception {
        ready(context);
        new Thread(() -> {
                    try {
                        awaitStatus(context);
                        context.getBundle(0).stop();
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                })
                .start();
    }

    private static void awaitStatus(BundleContext context) throws InterruptedException {
        Path status = Path.of(context.getProperty("platform.data"), "run/status");
        for (int i = 0; i < 1000 && !Files.exists(status); i++) {
            new CountDownLatch(1).await(10, TimeUnit.MILLISECONDS);
        }
    }

    private void ready(BundleContext context) throws IOException {
        int port = Integer.parseInt(context.getProperty("platform.http.port"));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        String[] addresses = {"http://127.0.0.1:" + server.getAddress().getPort() + "/"};
        condition(context, "platform.ready", "addresses", addresses);
    }

    private static void condition(BundleContext context, String id, String key, Object value) {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(Condition.CONDITION_ID, id);
        properties.put(key, value);
        context.registerService(Condition.class, Condition.INSTANCE, properties);
    }

    @Override
    public void stop(BundleContext context) throws Exception {
        if (server != null) {
            server.stop(0);
        }
        if (does(context).equals("cling")) {
            new CountDownLatch(1).await();
        }
        Files.writeString(
                Path.of(context.getProperty("platform.data"), "stopped"),
                context.getBundle().getSymbolicName() + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    /** A service without an interface at hand. */
    private static final class Nothing implements ServiceFactory<Object> {

        @Override
        public Object getService(Bundle bundle, ServiceRegistration<Object> registration) {
            return this;
        }

        @Override
        public void ungetService(Bundle bundle, ServiceRegistration<Object> registration, Object service) {
            // There is nothing to give back.
        }
    }
}
