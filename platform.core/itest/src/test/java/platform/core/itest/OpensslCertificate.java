package platform.core.itest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;

/**
 * A certificate for {@code www.example.com} as an administrator would have it: made by OpenSSL, signed by an authority, in
 * one file with an encrypted key.
 */
final class OpensslCertificate {

    static final String HOST = "www.example.com";
    static final String PASSPHRASE = "open sesame";

    private final Path folder;

    private OpensslCertificate(Path folder) {
        this.folder = folder;
    }

    /** @param folder for this one and no other */
    static OpensslCertificate in(Path folder) {
        OpensslCertificate certificate = new OpensslCertificate(folder);
        certificate.make();
        return certificate;
    }

    private void make() {
        openssl("ecparam -name prime256v1 -genkey -noout -out ca.key");
        openssl("req -x509 -new -key ca.key -subj /CN=Authority -days 90 -out ca.pem");
        openssl("ecparam -name prime256v1 -genkey -noout -out plain.key");
        openssl("req -new -key plain.key -subj /CN=" + HOST + " -out server.csr");
        ProductFiles.write(
                folder.resolve("extensions"),
                "subjectAltName=DNS:" + HOST + "\nextendedKeyUsage=serverAuth\nkeyUsage=digitalSignature\n");
        openssl("x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 60 -extfile extensions"
                + " -out server.pem");
        run("openssl", "pkcs8", "-topk8", "-in", "plain.key", "-out", "server.key", "-passout", "pass:" + PASSPHRASE);
        ProductFiles.write(plain(), text("ca.pem") + text("server.pem") + text("plain.key"));
        ProductFiles.write(encrypted(), text("server.key") + text("server.pem") + text("ca.pem"));
    }

    private void openssl(String arguments) {
        run(("openssl " + arguments).split(" "));
    }

    private void run(String... command) {
        ProductProcess.Result result =
                ProductProcess.run(new ProcessBuilder(command).directory(folder.toFile()), "", Product.COMMAND);
        assertThat(result.status()).as("%s", result).isZero();
    }

    private String text(String file) {
        return ProductFiles.text(folder.resolve(file));
    }

    /** The file to import, in the wrong order. */
    Path plain() {
        return folder.resolve("whole-plain.pem");
    }

    /** The file to import, with {@link #PASSPHRASE}. */
    Path encrypted() {
        return folder.resolve("whole-encrypted.pem");
    }

    X509Certificate certificate() {
        try (InputStream in = Files.newInputStream(folder.resolve("server.pem"))) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (CertificateException e) {
            throw new IllegalStateException("OpenSSL made no certificate", e);
        }
    }
}
