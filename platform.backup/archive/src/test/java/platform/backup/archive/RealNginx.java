package platform.backup.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * nginx: {@code /dav/} is WebDAV, {@code /plain/} takes and gives files only, {@code /closed/} wants a login, {@code /small/} takes
 * 1000 bytes, {@code /moved/} redirects.
 */
final class RealNginx implements AutoCloseable {

    private static final String CONFIGURATION = """
            load_module /usr/lib/nginx/modules/ngx_http_dav_ext_module.so;
            daemon off;
            master_process off;
            pid @/nginx.pid;
            error_log @/error.log;
            events {}
            http {
              access_log off;
              client_body_temp_path @/body; proxy_temp_path @/proxy; fastcgi_temp_path @/fastcgi;
              uwsgi_temp_path @/uwsgi; scgi_temp_path @/scgi;
              client_max_body_size 0;
              server {
                listen 127.0.0.1:PORT;
                root @/www;
                location /dav/ { dav_methods PUT DELETE MKCOL COPY MOVE; dav_ext_methods PROPFIND OPTIONS; }
                location /plain/ { dav_methods PUT DELETE; }
                location /closed/ {
                  dav_methods PUT DELETE MKCOL COPY MOVE; dav_ext_methods PROPFIND OPTIONS;
                  auth_basic closed; auth_basic_user_file @/users;
                }
                location /small/ {
                  client_max_body_size 1000;
                  dav_methods PUT DELETE MKCOL COPY MOVE; dav_ext_methods PROPFIND OPTIONS;
                }
                location /moved/ { return 302 /dav/; }
              }
            }
            """;

    private final Path folder;
    private final int port;
    private RealServer server;

    private RealNginx(Path folder, int port) {
        this.folder = folder;
        this.port = port;
    }

    static RealNginx start(Path folder) throws IOException, InterruptedException {
        for (String name : List.of("dav", "plain", "closed", "small")) {
            Files.createDirectories(folder.resolve("www").resolve(name));
        }
        Files.writeString(folder.resolve("users"), "backup:{PLAIN}geheim\n");
        int port = RealServer.freePort();
        String configuration = CONFIGURATION.replace("@", folder.toString()).replace("PORT", Integer.toString(port));
        Files.writeString(folder.resolve("nginx.conf"), configuration);
        RealNginx nginx = new RealNginx(folder, port);
        nginx.startAgain();
        return nginx;
    }

    /** After it was killed, at the same port. */
    void startAgain() throws IOException, InterruptedException {
        String file = folder.resolve("nginx.conf").toString();
        server = RealServer.start(
                port, folder.resolve("log"), List.of("/usr/sbin/nginx", "-c", file, "-p", folder.toString()));
    }

    void kill() throws InterruptedException {
        server.kill();
    }

    String address(String path) {
        return "http://127.0.0.1:" + port + "/" + path + "/";
    }

    int port() {
        return port;
    }

    Path folder(String path) {
        return folder.resolve("www").resolve(path);
    }

    @Override
    public void close() {
        server.close();
    }
}
