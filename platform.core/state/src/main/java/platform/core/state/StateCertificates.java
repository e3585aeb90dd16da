package platform.core.state;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import platform.core.api.PlatformException;
import platform.webserver.api.CertificateCheck;
import platform.webserver.api.CertificateInfo;
import platform.webserver.api.CertificateInfo.Source;
import platform.webserver.api.CertificateUpload;
import platform.webserver.api.Certificates;
import platform.webserver.api.WebserverException;

/** The certificates that an administrator brings, by host. A document names files; what is in use is known by its fingerprint. */
final class StateCertificates extends StatePart {

    private static final String DEFAULT = "default";
    private static final String FILE = "file";
    private static final String FINGERPRINT = "fingerprint";
    private static final List<String> SECRETS = List.of("key", "passphrase");

    private final Certificates certificates;
    private final StateSource source;

    StateCertificates(Certificates certificates, StateSource source) {
        super("certificates", "certificate", "");
        this.certificates = certificates;
        this.source = source;
    }

    @Override
    Map<String, Object> standard(String name) {
        return fields("");
    }

    private static Map<String, Object> fields(String fingerprint) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put(FINGERPRINT, fingerprint);
        fields.put(FILE, "");
        return fields;
    }

    @Override
    Set<String> origins() {
        return Set.of(FILE);
    }

    @Override
    List<String> secrets(String name) {
        return SECRETS;
    }

    @Override
    boolean needsSecretAgain() {
        return true;
    }

    @Override
    Map<String, Map<String, Object>> present() {
        Map<String, Map<String, Object>> all = new LinkedHashMap<>();
        certificates.list().stream()
                .filter(it -> it.source() == Source.UPLOADED)
                .forEach(it -> all.put(it.host().orElse(DEFAULT), fields(it.fingerprint())));
        return all;
    }

    /** Which certificate the file holds, after all checks. */
    @Override
    void derive(String name, YamlBlock block, Map<String, Object> values, StateSecrets secrets) {
        if (!block.has(FILE)) {
            return;
        }
        Map<String, String> found = secrets.read(block, SECRETS);
        CertificateCheck check = certificates.check(upload(name, (String) values.get(FILE), found));
        CertificateInfo info = usable(check);
        Object wanted = values.put(FINGERPRINT, info.fingerprint());
        if (wanted != null && !wanted.equals(info.fingerprint())) {
            throw PlatformException.invalid(
                    "The file holds the certificate " + info.fingerprint() + ", not " + wanted + ".");
        }
    }

    @Override
    Optional<String> hindrance(StateWanted wanted, Optional<Map<String, Object>> present) {
        return wanted.given(FILE).isPresent()
                ? Optional.empty()
                : Optional.of("Its certificate is another one. Name the file of this one: file.");
    }

    @Override
    String create(StateWanted wanted) {
        try {
            usable(certificates.install(upload(wanted.name(), wanted.text(FILE), wanted.secrets())));
            return "";
        } catch (WebserverException e) {
            throw PlatformException.failed(e.getMessage(), e);
        }
    }

    @Override
    String change(StateWanted wanted, Map<String, Object> present) {
        return create(wanted);
    }

    private static CertificateInfo usable(CertificateCheck check) {
        if (!check.isUsable()) {
            throw PlatformException.invalid(String.join(" ", check.errors()));
        }
        return check.certificate().orElseThrow();
    }

    private CertificateUpload upload(String name, String file, Map<String, String> secrets) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        try (InputStream in = source.open(file)) {
            content.writeBytes(in.readNBytes(CertificateUpload.LARGEST));
        } catch (IOException e) {
            throw StateSource.unreadable(file, e);
        }
        // The last line of a text may lack its end.
        Optional.ofNullable(secrets.get("key"))
                .ifPresent(key -> content.writeBytes(("\n" + key).getBytes(StandardCharsets.UTF_8)));
        return new CertificateUpload(content.toByteArray(), Optional.ofNullable(secrets.get("passphrase")), host(name));
    }

    private static Optional<String> host(String name) {
        return Optional.of(name).filter(it -> !it.equals(DEFAULT));
    }

    @Override
    void remove(String name) {
        try {
            certificates.remove(host(name));
        } catch (WebserverException e) {
            throw PlatformException.failed(e.getMessage(), e);
        }
    }
}
