package platform.db.api;

import java.util.Optional;

/**
 * An entry that was just made.
 *
 * @param entry the entry
 * @param password the role's password when it was made for this entry; absent when the role had one. Never in
 *     {@link #toString()}
 * @param port where the server listens
 */
public record GrantedAccess(AccessEntry entry, Optional<String> password, int port) {

    @Override
    public String toString() {
        return "GrantedAccess[entry=" + entry + ", port=" + port + "]";
    }
}
