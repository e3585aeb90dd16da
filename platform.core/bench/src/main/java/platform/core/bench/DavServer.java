package platform.core.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** nginx as a WebDAV server of this machine, for backups. */
final class DavServer implements AutoCloseable {

    private static final String NGINX = "/usr/sbin/nginx";
    private static final String MODULE = "/usr/lib/nginx/modules/ngx_http_dav_ext_module.so";

    /** One process only: when it is killed, nothing of it goes on. */
    private static final String CONFIGURATION = """
            load_module %3$s;
            daemon off;
            master_process off;
            pid %1$s/nginx.pid;
            error_log %1$s/error.log;
            events {}
            http {
              access_log off;
              client_body_temp_path %1$s/body; proxy_temp_path %1$s/proxy; fastcgi_temp_path %1$s/fastcgi;
              uwsgi_temp_path %1$s/uwsgi; scgi_temp_path %1$s/scgi;
              client_max_body_size 0;
              server {
                listen 127.0.0.1:%2$d;
                root %1$s/www;
                location / { dav_methods PUT DELETE MKCOL COPY MOVE; dav_ext_methods PROPFIND OPTIONS; }
              }
            }
            """;

    private static final Duration START = Duration.ofSeconds(20);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    private final Path folder;
    private final int port;
    private Child child;

    /** @param folder for what it keeps */
    DavServer(Path folder) {
        this.folder = folder;
        if (!Files.exists(Path.of(NGINX)) || !Files.exists(Path.of(MODULE))) {
            throw new BenchException(
                    "The target server is missing: apt-get install nginx-light libnginx-mod-http-dav-ext");
        }
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
            Files.createDirectories(folder.resolve("www"));
            Files.writeString(folder.resolve("nginx.conf"), String.format(CONFIGURATION, folder, port, MODULE));
        } catch (IOException e) {
            throw new BenchException("nginx cannot be set up in " + folder + ": " + e.getMessage(), e);
        }
        start();
    }

    String address() {
        return "http://127.0.0.1:" + port + "/";
    }

    void start() {
        child = Child.start(
                "nginx",
                List.of(NGINX, "-c", folder.resolve("nginx.conf").toString(), "-p", folder.toString()),
                Map.of(),
                folder);
        long deadline = System.nanoTime() + START.toNanos();
        while (!answers()) {
            if (System.nanoTime() > deadline) {
                throw new BenchException("nginx does not answer; see " + folder.resolve("error.log") + ".");
            }
            Pause.of(LOOK_AGAIN);
        }
    }

    private boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    void kill() {
        child.kill();
    }

    @Override
    public void close() {
        child.close();
    }
}
