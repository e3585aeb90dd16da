package platform.backup.archive;

import com.exceptionfactory.jagged.RecipientStanzaReader;
import com.exceptionfactory.jagged.RecipientStanzaWriter;
import com.exceptionfactory.jagged.UnsupportedRecipientStanzaException;
import com.exceptionfactory.jagged.framework.stream.StandardDecryptingChannelFactory;
import com.exceptionfactory.jagged.framework.stream.StandardEncryptingChannelFactory;
import com.exceptionfactory.jagged.x25519.X25519KeyPairGenerator;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaReaderFactory;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaWriterFactory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.backup.api.BackupException;
import platform.backup.api.BackupFormatException;
import platform.backup.api.BackupKeyException;
import platform.backup.api.DamagedBackupException;

/** The file format of age (age-encryption.org/v1), with X25519 recipients: what it has written, {@code age -d} opens. */
final class Age {

    private static final String MAGIC = "age-encryption.org/";
    private static final String VERSION = MAGIC + "v1\n";

    private static final Logger LOG = LoggerFactory.getLogger(Age.class);

    private Age() {}

    /**
     * A new pair of keys.
     *
     * @param secret {@code AGE-SECRET-KEY-1…}
     * @param recipient {@code age1…}
     */
    record Identity(String secret, String recipient) {

        @Override
        public String toString() {
            return recipient;
        }
    }

    static Identity generate() {
        try {
            KeyPair pair = new X25519KeyPairGenerator().generateKeyPair();
            return new Identity(
                    text(pair.getPrivate().getEncoded()), text(pair.getPublic().getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new BackupException("This Java has no X25519: use Java 17 or newer", e);
        }
    }

    private static String text(byte[] encoded) {
        return new String(encoded, StandardCharsets.US_ASCII);
    }

    /**
     * Encrypts for all these.
     *
     * @throws BackupException when one of them is no public key
     */
    static OutputStream encrypt(OutputStream out, List<String> recipients) throws IOException {
        List<RecipientStanzaWriter> writers = new ArrayList<>();
        recipients.forEach(recipient -> writers.add(writer(recipient)));
        try {
            return Channels.newOutputStream(
                    new StandardEncryptingChannelFactory().newEncryptingChannel(Channels.newChannel(out), writers));
        } catch (GeneralSecurityException e) {
            throw new BackupException("The backup cannot be encrypted: " + e.getMessage(), e);
        }
    }

    /**
     * @throws BackupException when it is no public key
     */
    static void checkRecipient(String recipient) {
        writer(recipient);
    }

    private static RecipientStanzaWriter writer(String recipient) {
        try {
            return X25519RecipientStanzaWriterFactory.newRecipientStanzaWriter(recipient);
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new BackupException(
                    "'" + recipient + "' is no public key of age's: it begins with age1; age-keygen makes one", e);
        }
    }

    /**
     * Decrypts with one of these. What the stream throws while it is read is told by {@link #refusal}.
     *
     * @throws BackupException when it is no such file, or for others
     */
    static InputStream decrypt(InputStream in, List<String> identities) throws IOException {
        byte[] magic = in.readNBytes(VERSION.length());
        checkMagic(text(magic));
        Readers readers = readers(identities);
        if (readers.usable().isEmpty()) {
            throw forOthers(readers, null);
        }
        InputStream whole = new SequenceInputStream(new ByteArrayInputStream(magic), in);
        try {
            return Channels.newInputStream(new StandardDecryptingChannelFactory()
                    .newDecryptingChannel(Channels.newChannel(whole), readers.usable()));
        } catch (UnsupportedRecipientStanzaException e) {
            throw forOthers(readers, e);
        } catch (GeneralSecurityException | IOException | RuntimeException e) {
            throw refusal(e);
        }
    }

    private static void checkMagic(String magic) {
        if (magic.equals(VERSION)) {
            return;
        }
        if (magic.startsWith(MAGIC)) {
            throw new BackupFormatException(
                    "The file is encrypted in another version of age's format than v1, which is the"
                            + " only one that this version of the platform reads");
        }
        throw new BackupFormatException(
                "The file is no backup of the platform's, or its beginning is damaged: it does not begin with "
                        + MAGIC);
    }

    /** What can be made of some keys: one that was mistyped or cut off must not keep the others from being tried. */
    private record Readers(List<RecipientStanzaReader> usable, int unusable) {}

    private static Readers readers(List<String> identities) {
        List<RecipientStanzaReader> usable = new ArrayList<>();
        for (String identity : identities) {
            try {
                usable.add(X25519RecipientStanzaReaderFactory.newRecipientStanzaReader(identity));
            } catch (GeneralSecurityException | RuntimeException e) {
                LOG.debug("A line is no secret key", e);
            }
        }
        return new Readers(usable, identities.size() - usable.size());
    }

    private static BackupKeyException forOthers(Readers tried, Exception cause) {
        String unusable = tried.unusable() == 0
                ? ""
                : " " + tried.unusable() + " of the keys that were tried are none: mistyped or cut off.";
        return new BackupKeyException(
                "The backup is encrypted for others: no key that was given opens it, nor one of the platform's."
                        + unusable
                        + " Give the secret key that belongs to it, AGE-SECRET-KEY-1…: by --key where the command has that"
                        + " option, else in a line of its own in secrets/backup.keys of the data folder",
                cause);
    }

    /** What it means that the content cannot be read. */
    static BackupException refusal(Exception cause) {
        if (cause instanceof BackupException known) {
            return known;
        }
        return new DamagedBackupException(
                "The backup is damaged, and nothing of it was used: it was changed or cut off after it had been written ("
                        + cause.getMessage() + "). Take another one",
                cause);
    }
}
