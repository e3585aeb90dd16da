package platform.core.shell;

import com.google.gson.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import platform.core.api.PlatformException;
import platform.core.api.Role;
import platform.webserver.api.CertificateCheck;
import platform.webserver.api.CertificateInfo;
import platform.webserver.api.CertificateUpload;
import platform.webserver.api.Certificates;
import platform.webserver.api.WebserverException;

/** What can be done with the certificates of HTTPS. */
final class CertificateVerbs {

    /** With which each binary form begins. */
    private static final int DER_SEQUENCE = 0x30;

    private final CommandConsole console;
    private final Certificates certificates;

    CertificateVerbs(CommandConsole console, Certificates certificates) {
        this.console = console;
        this.certificates = certificates;
    }

    @Needs(Role.VIEWER)
    @Command(
            name = "certificate:list",
            description = "List the certificates that HTTPS shows, the default first.",
            footer = "%nExample: certificate:list -o json")
    void list(@Mixin Output output) {
        List<CertificateInfo> found = certificates.list();
        Table table = new Table("HOST", "NAMES", "ISSUER", "UNTIL", "KEY", "SOURCE", "SHA-256");
        found.forEach(c -> table.row(
                c.host().orElse("(default)"),
                String.join(" ", c.names()),
                issuer(c),
                c.notAfter(),
                c.keyType(),
                c.source(),
                c.fingerprint().substring(0, 16)));
        output.list(console, found, table);
    }

    private static String issuer(CertificateInfo certificate) {
        return certificate.selfSigned() ? "(self-signed)" : certificate.issuer();
    }

    @Needs(Role.ADMINISTRATOR)
    @Command(
            name = "certificate:import",
            description =
                    "Check a certificate with its chain and its private key, and use it from the next handshake on.",
            footer = {
                "%nThe file is PEM, with the parts in any order, or PKCS#12. Certificate and key may also be in files of",
                "their own, all PEM or all DER.",
                "%nExamples:",
                "  certificate:import /root/www.example.com.pem",
                "  certificate:import /root/www.crt /root/chain.crt /root/www.key",
                "  certificate:import /root/shop.p12 --host shop.example.com --passphrase -",
                "  certificate:import /root/new.pem --check"
            })
    void importFile(
            @Parameters(
                            arity = "1..*",
                            paramLabel = "FILE",
                            description = "The whole path of a file, which the platform's user must be able to read; -"
                                    + " reads it from standard input.")
                    List<String> files,
            @Option(
                            names = "--host",
                            paramLabel = "HOST",
                            description = "The host it is for: www.example.com or *.example.com. Default: all that have"
                                    + " none of their own.")
                    String host,
            @Option(
                            names = "--passphrase",
                            paramLabel = "PASSPHRASE",
                            description =
                                    "What opens the private key; - reads it from standard input, before the file.")
                    String passphrase,
            @Option(names = "--check", description = "Only check it, and change nothing.") boolean checkOnly,
            @Mixin Output output) {
        Optional<String> secret =
                "-".equals(passphrase) ? Optional.of(console.secret("Passphrase: ")) : Optional.ofNullable(passphrase);
        CertificateUpload upload = new CertificateUpload(content(files), secret, Optional.ofNullable(host));
        CertificateCheck check =
                checkOnly ? certificates.check(upload) : Work.whole(() -> told(() -> certificates.install(upload)));
        output.text(console, check, text(check, checkOnly));
        if (!check.isUsable()) {
            throw PlatformException.failed(
                    check.errors().stream().collect(Collectors.joining("\n"))
                            + (checkOnly ? "" : "\nNothing was changed."),
                    null);
        }
    }

    /** One after the other; the last line of a text may lack its end. */
    private byte[] content(List<String> files) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (String file : files) {
            byte[] content = content(file);
            all.writeBytes(content);
            if (content.length > 0 && content[0] != DER_SEQUENCE && files.size() > 1) {
                all.write('\n');
            }
        }
        return all.toByteArray();
    }

    private byte[] content(String file) {
        if (file.equals("-")) {
            return standardInput();
        }
        try {
            Path path = Path.of(file);
            if (!path.isAbsolute()) {
                throw new UsageException(
                        "certificate:import: '" + file + "' is not a whole path, and the platform does "
                                + "not know the folder that you are in. Give the whole path, or use: certificate:import - < FILE");
            }
            try (InputStream in = Files.newInputStream(path)) {
                return in.readNBytes(CertificateUpload.LARGEST);
            }
        } catch (InvalidPathException | IOException e) {
            throw PlatformException.failed(
                    "The file cannot be read by the platform's user: " + e + ". Give it from standard input: "
                            + "certificate:import - < FILE",
                    e);
        }
    }

    private byte[] standardInput() {
        if (console.interactive()) {
            throw new UsageException(
                    "certificate:import: - needs a file on standard input: certificate:import - < FILE");
        }
        try {
            return console.input().readNBytes(CertificateUpload.LARGEST);
        } catch (IOException e) {
            throw PlatformException.failed("Cannot read the file from standard input: " + e.getMessage(), e);
        }
    }

    private static String text(CertificateCheck check, boolean checkOnly) {
        StringBuilder text = new StringBuilder(check.certificate()
                .map(info -> headline(info, check, checkOnly) + "\n" + Output.rows(fields(info)))
                .orElse("Refused the file."));
        check.warnings().forEach(warning -> text.append("\nWarning: ").append(warning));
        return text.toString();
    }

    private static String headline(CertificateInfo info, CertificateCheck check, boolean checkOnly) {
        String what = "the certificate of " + Table.visible(info.subject()) + " "
                + info.host().map(h -> "for " + h).orElse("as the default") + ".";
        if (!check.isUsable()) {
            return "Refused " + what;
        }
        return (checkOnly ? "Could import " : "Imported ") + what;
    }

    private static Map<String, Object> fields(CertificateInfo info) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("Names", String.join(" ", info.names()));
        fields.put("Issuer", issuer(info));
        fields.put("Valid", info.notBefore() + " until " + info.notAfter());
        fields.put("Key", info.keyType());
        fields.put("Fingerprint", info.fingerprint());
        return fields;
    }

    @Needs(Role.ADMINISTRATOR)
    @Command(
            name = "certificate:remove",
            description = "Forget a certificate: its host shows the default again, or all the self-signed one.",
            footer = "%nExample: certificate:remove --host shop.example.com")
    void remove(
            @Option(
                            names = "--host",
                            paramLabel = "HOST",
                            description = "The host whose certificate it is. Default: the one for all others.")
                    String host,
            @Option(
                            names = {"-y", "--yes"},
                            description = "Do not ask. Needed where nobody can be asked.")
                    boolean yes,
            @Mixin Output output) {
        String what = host == null ? "the default certificate" : "the certificate of " + host;
        if (!yes) {
            confirm(what);
        }
        boolean removed = Work.whole(() -> told(() -> certificates.remove(Optional.ofNullable(host))));
        if (!removed) {
            throw PlatformException.notFound(
                    "There is nothing to remove: " + what + " was not imported. See certificate:list.");
        }
        JsonObject json = new JsonObject();
        json.addProperty("removed", host == null ? "default" : host);
        output.text(console, json, "Removed " + what + ".");
    }

    private void confirm(String what) {
        if (!console.interactive()) {
            throw new UsageException("certificate:remove: This removes " + what
                    + " and its private key. Give --yes if that is meant; there is no terminal to ask on.");
        }
        String answer = console.ask("Remove " + what + " and its private key? Type yes to confirm: ");
        if (!answer.strip().equals("yes")) {
            throw PlatformException.conflict("Nothing was removed.");
        }
    }

    /** What the webserver says is meant for the user. */
    private static <T> T told(Supplier<T> work) {
        try {
            return work.get();
        } catch (WebserverException e) {
            throw PlatformException.failed(e.getMessage(), e);
        }
    }
}
