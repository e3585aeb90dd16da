package platform.db.postgresql;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** Stands for a platform that a test kills: runs a server in the folder of the first argument, for ever. */
final class TestPlatform {

    private TestPlatform() {}

    public static void main(String[] arguments) throws InterruptedException {
        TestPostgres.newServer(Path.of(arguments[0])).start();
        new CountDownLatch(1).await();
    }
}
