package platform.core.shell;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.Collections;
import java.util.Iterator;
import java.util.Set;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.util.security.SecurityUtils;
import platform.core.api.PlatformException;

/** By what clients recognise this platform: an Ed25519 key in OpenSSH's form, made when it is needed for the first time. */
final class SshHostKey {

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private final Path file;

    SshHostKey(Path secrets) {
        this.file = secrets.resolve("ssh_host_ed25519_key");
    }

    /**
     * The key, made if there is none.
     *
     * @throws PlatformException FAILED when it cannot be read or written
     */
    synchronized KeyPair pair() {
        try {
            if (!Files.exists(file)) {
                make();
            }
            return read();
        } catch (IOException | GeneralSecurityException e) {
            throw PlatformException.failed(
                    "Cannot use the SSH host key " + file + ": " + e.getMessage()
                            + ". Repair it, or remove it to have a new one made.",
                    e);
        }
    }

    /** As OpenSSH shows it: {@code SHA256:} and 43 characters. */
    String fingerprint() {
        return KeyUtils.getFingerPrint(pair().getPublic());
    }

    private void make() throws IOException, GeneralSecurityException {
        KeyPair pair = KeyUtils.generateKeyPair(KeyPairProvider.SSH_ED25519, 256);
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(pair, "app-platform", null, text);
        // Whole or not at all, and never readable for others.
        Path draft = Files.createTempFile(
                file.getParent(), ".ssh_host", ".new", PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        Files.write(draft, text.toByteArray());
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private KeyPair read() throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(file)) {
            Iterable<KeyPair> pairs = SecurityUtils.loadKeyPairIdentities(
                    null, NamedResource.ofName(file.getFileName().toString()), in, null);
            Iterator<KeyPair> each = pairs == null ? Collections.emptyIterator() : pairs.iterator();
            if (!each.hasNext()) {
                throw new IOException("It holds no key");
            }
            return each.next();
        }
    }
}
