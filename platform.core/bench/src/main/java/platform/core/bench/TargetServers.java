package platform.core.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The servers that backups are sent to: nginx with WebDAV, OpenSSH's sshd, and s3proxy, which speaks S3. */
final class TargetServers implements AutoCloseable {

    /** What they are called. */
    static final List<String> NAMES = List.of("nginx", "sshd", "s3proxy");

    private static final Path NGINX = Path.of("/usr/sbin/nginx");
    private static final Path DAV_MODULE = Path.of("/usr/lib/nginx/modules/ngx_http_dav_ext_module.so");
    private static final Path SSHD = Path.of("/usr/sbin/sshd");

    /** Without it Debian's sshd does not run as root; its service makes it. */
    private static final Path SSHD_FOLDER = Path.of("/run/sshd");

    /** One process only: when it is killed, nothing of it goes on. */
    private static final String NGINX_CONFIGURATION = """
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
                root %1$s/files;
                location / { dav_methods PUT DELETE MKCOL COPY MOVE; dav_ext_methods PROPFIND OPTIONS; }
              }
            }
            """;

    private static final String SSHD_CONFIGURATION = """
            ListenAddress 127.0.0.1
            Port %2$d
            HostKey %1$s/host
            PidFile none
            UsePAM no
            StrictModes no
            PermitRootLogin prohibit-password
            AuthorizedKeysFile %1$s/user.pub
            Subsystem sftp internal-sftp
            """;

    private static final String S3_CONFIGURATION = """
            s3proxy.endpoint=http://127.0.0.1:%2$d
            s3proxy.authorization=aws-v4
            s3proxy.identity=KEY
            s3proxy.credential=%3$s
            jclouds.provider=filesystem-nio2
            jclouds.filesystem.basedir=%1$s
            jclouds.identity=none
            jclouds.credential=none
            """;

    private final Path folder;
    private final List<TargetServer> servers = new ArrayList<>();

    /**
     * Starts all of them.
     *
     * @param folder for what they keep
     * @param s3proxy the jar of the S3 server
     */
    TargetServers(Path folder, Path s3proxy) {
        this.folder = folder;
        mustExist(NGINX, DAV_MODULE, "apt-get install nginx-light libnginx-mod-http-dav-ext");
        mustExist(SSHD, SSHD, "apt-get install openssh-server");
        mustExist(s3proxy, s3proxy, "run ./platform bench, which fetches it");
        try {
            nginx(Files.createDirectories(folder.resolve("nginx")));
            sshd(Files.createDirectories(folder.resolve("sshd")));
            s3(Files.createDirectories(folder.resolve("s3proxy")), s3proxy);
        } catch (IOException | RuntimeException e) {
            close();
            throw new BenchException("The target servers cannot be started in " + folder + ": " + e.getMessage(), e);
        }
    }

    private static void mustExist(Path one, Path other, String help) {
        if (!Files.exists(one) || !Files.exists(other)) {
            throw new BenchException("A target server is missing: " + help);
        }
    }

    private void nginx(Path its) throws IOException {
        Files.createDirectories(its.resolve("files"));
        int port = TargetServer.freePort();
        Path file =
                Files.writeString(its.resolve("nginx.conf"), String.format(NGINX_CONFIGURATION, its, port, DAV_MODULE));
        List<String> command = List.of(NGINX.toString(), "-c", file.toString(), "-p", its.toString());
        add("nginx", new TargetServer.Setup(port, command, "http://127.0.0.1:" + port + "/", List.of(), ""), its);
    }

    private void sshd(Path its) throws IOException {
        if (System.getProperty("user.name").equals("root")) {
            Files.createDirectories(SSHD_FOLDER);
        }
        for (String key : List.of("host", "user")) {
            String file = its.resolve(key).toString();
            Tool.run(List.of("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", key, "-f", file));
        }
        String hostKey = Tool.run(List.of(
                        "ssh-keygen", "-l", "-f", its.resolve("host.pub").toString()))
                .split(" ")[1];
        int port = TargetServer.freePort();
        Path file = Files.writeString(its.resolve("sshd_config"), String.format(SSHD_CONFIGURATION, its, port));
        List<String> command = List.of(SSHD.toString(), "-D", "-e", "-f", file.toString());
        String address = "sftp://" + System.getProperty("user.name") + "@127.0.0.1:" + port
                + Files.createDirectories(its.resolve("files")) + "/";
        List<String> options = List.of("--key", its.resolve("user").toString(), "--host-key", hostKey);
        add("sshd", new TargetServer.Setup(port, command, address, options, ""), its);
    }

    private void s3(Path its, Path jar) throws IOException {
        // A bucket is a folder.
        Files.createDirectories(its.resolve("files/backups"));
        int port = TargetServer.freePort();
        Path file = Files.writeString(
                its.resolve("s3proxy.conf"),
                String.format(S3_CONFIGURATION, its.resolve("files"), port, Workspace.PASSWORD));
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx192m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                jar.toString(),
                "--properties",
                file.toString());
        String address = "s3://KEY@backups/?endpoint=http://127.0.0.1:" + port;
        add(
                "s3proxy",
                new TargetServer.Setup(port, command, address, List.of("--password", "-"), Workspace.PASSWORD),
                its);
    }

    private void add(String name, TargetServer.Setup setup, Path its) {
        servers.add(new TargetServer(name, setup, its));
    }

    List<TargetServer> all() {
        return List.copyOf(servers);
    }

    @Override
    public void close() {
        servers.forEach(TargetServer::close);
    }
}
