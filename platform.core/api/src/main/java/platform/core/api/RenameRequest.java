package platform.core.api;

import java.util.Objects;

/**
 * Which name shall become which.
 *
 * @param kind what the old name is
 * @param oldName a DNS name in lower case
 * @param newName another one
 */
public record RenameRequest(Kind kind, String oldName, String newName) {

    /**
     * @throws PlatformException of kind INVALID when a name is none, or both are the same
     */
    public RenameRequest {
        Objects.requireNonNull(kind, "kind");
        requireName(oldName);
        requireName(newName);
        if (oldName.equals(newName)) {
            throw PlatformException.invalid("The old and the new name are both " + oldName + ". Give two names.");
        }
    }

    private static void requireName(String name) {
        if (!InstanceId.isDomain(name)) {
            throw PlatformException.invalid("The name " + InstanceId.quoted(name)
                    + " is not allowed. Use a DNS name in lower case, at most 253 characters: example.com");
        }
    }

    /** What a name names. */
    public enum Kind {
        /** The domain of instances: {@code example.com} in {@code acme@example.com}. */
        DOMAIN,
        /** A host by which clients reach the platform, such as the platform's own DNS name. */
        HOST
    }
}
