package platform.core.api;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * What somebody wants the platform to be.
 *
 * @param text in YAML 1.2, of which JSON is a part
 * @param prune whether what there is in the document's sections, and not in the document, shall be removed
 * @param user who applies it; never removed
 * @param readsMachine whether it may name files and variables of the platform's machine, from which secrets, jars and
 *     certificates are read then. Not for who may not read there himself: what is read can be sent elsewhere
 */
public record StateDocument(String text, boolean prune, String user, boolean readsMachine) {

    /** In bytes: more than the state of some thousand instances takes. */
    public static final int LARGEST = 4 << 20;

    /**
     * Reads a document's text, in UTF-8.
     *
     * @throws PlatformException INVALID when it is larger than {@link #LARGEST}, or not in UTF-8
     */
    public static String read(InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(LARGEST + 1);
        if (bytes.length > LARGEST) {
            throw PlatformException.invalid("The document is larger than 4 MiB. Divide it.");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new PlatformException(PlatformException.Kind.INVALID, "The document is not UTF-8. Save it so.", e);
        }
    }

    /** Without the text, which may hold settings that are secrets. */
    @Override
    public String toString() {
        return "StateDocument[" + user + "]";
    }
}
