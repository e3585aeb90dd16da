package platform.core.rest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import platform.core.api.ReceivedApp;
import platform.core.api.ServiceInfo;
import platform.core.api.State;

/** Notes what becomes of files that arrive: {@code received}, {@code installed}, {@code closed}. */
final class FakeAppFiles {

    final List<String> events = new ArrayList<>();

    synchronized ReceivedApp receive(String app, InputStream jar) throws IOException {
        String content = new String(jar.readAllBytes(), StandardCharsets.UTF_8);
        events.add("received");
        return new ReceivedApp() {
            @Override
            public String hash() {
                return content;
            }

            @Override
            public String version() {
                return "1.0.0";
            }

            @Override
            public ServiceInfo install() {
                events.add("installed");
                return new ServiceInfo(
                        app, app, "1.0.0", State.RUNNING, "", Instant.EPOCH, Optional.empty(), app + ".jar", 0);
            }

            @Override
            public void close() {
                events.add("closed");
            }
        };
    }

    synchronized void remove(String app, boolean withInstances) {
        events.add("removed " + app + (withInstances ? " with instances" : ""));
    }
}
