package platform.backup.archive;

import java.lang.annotation.Annotation;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import platform.core.api.InstanceId;
import platform.core.api.InstanceInfo;
import platform.core.api.Instances;
import platform.core.api.Platform;
import platform.core.api.State;

/** Platforms that only tell where they are and which instances they have. */
final class Platforms {

    private Platforms() {}

    static OwnPlatform own(Path data, List<URI> addresses, InstanceInfo... instances) {
        return new OwnPlatform(
                answering(Platform.class, Map.of("data", data, "addresses", addresses)),
                answering(Instances.class, Map.of("list", List.of(instances))));
    }

    /** For whom backups are encrypted. */
    static BackupConfig config(boolean own, String recipients) {
        return new BackupConfig() {
            @Override
            public boolean own_key() {
                return own;
            }

            @Override
            public String recipients() {
                return recipients;
            }

            @Override
            public Class<? extends Annotation> annotationType() {
                return BackupConfig.class;
            }
        };
    }

    /** The port of a platform that nobody listens on. */
    static final int HTTP = 1;

    /** The targets of a platform without instances. */
    static Targets targets(Path data) {
        TargetConnector connector = new TargetConnector(Clock.systemUTC(), Duration.ofSeconds(10), FolderTarget::new);
        return new Targets(
                new TargetFiles(data.resolve("secrets").resolve("backup-targets")),
                own(data, List.of(URI.create("http://localhost:" + HTTP))),
                connector,
                connector,
                Clock.systemUTC());
    }

    static InstanceInfo instance(String id, String path, String host) {
        return new InstanceInfo(
                InstanceId.parse(id),
                "files",
                State.RUNNING,
                "",
                Instant.EPOCH,
                path,
                host,
                Map.of(),
                "db",
                "embedded",
                Map.of(),
                Instant.EPOCH);
    }

    private static <T> T answering(Class<T> type, Map<String, Object> answers) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
            Object answer = answers.get(method.getName());
            if (answer == null) {
                throw new UnsupportedOperationException(method.getName());
            }
            return answer;
        }));
    }
}
