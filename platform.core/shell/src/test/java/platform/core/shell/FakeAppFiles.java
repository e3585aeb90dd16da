package platform.core.shell;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import platform.core.api.AppFiles;
import platform.core.api.PlatformException;
import platform.core.api.ReceivedApp;
import platform.core.api.ServiceInfo;
import platform.core.api.State;

/** Takes a text with a version for a jar of it; its hash is the word hash and the version. */
final class FakeAppFiles implements AppFiles {

    private final FakeServices services;

    FakeAppFiles(FakeServices services) {
        this.services = services;
    }

    @Override
    public ReceivedApp receive(String app, InputStream jar) {
        String content = content(jar);
        return new ReceivedApp() {
            @Override
            public String hash() {
                return "hash" + content;
            }

            @Override
            public String version() {
                return content;
            }

            @Override
            public ServiceInfo install() {
                services.add(app, content, State.RUNNING, "");
                return services.find(app).orElseThrow();
            }

            @Override
            public void close() {}
        };
    }

    private static String content(InputStream jar) {
        try {
            return new String(jar.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void remove(String app, boolean withInstances) {
        throw PlatformException.failed("Not by the shell.", null);
    }
}
