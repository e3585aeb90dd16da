package platform.core.manager;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.core.api.AccessScope;
import platform.core.api.PlatformException;
import platform.core.api.Role;
import platform.core.api.UserKey;

/**
 * The users, their tokens and SSH keys: in memory, so that who is known can log in while the database is away, and kept there before a
 * change holds.
 */
@Component(service = UserBook.class)
public final class UserBook {

    private static final Logger LOG = LoggerFactory.getLogger(UserBook.class);

    private final UserTables tables;
    private final KeyTables keyTables;
    private final Map<String, Account> accounts = new ConcurrentSkipListMap<>();
    private final Map<String, ApiToken> tokens = new ConcurrentSkipListMap<>();
    /** By user and fingerprint. */
    private final Map<String, UserKey> keys = new ConcurrentSkipListMap<>();

    @Activate
    public UserBook(BundleContext context, @Reference ManagerDatabase database) {
        this(
                database.users(),
                database.keys(),
                PlatformFolders.of(context).data().resolve("secrets"),
                Clock.systemUTC().instant());
    }

    UserBook(UserTables tables, KeyTables keyTables, Path secrets, Instant now) {
        this.tables = tables;
        this.keyTables = keyTables;
        reload();
        AdminFile file = new AdminFile(secrets);
        file.password().ifPresent(hash -> takeOver(file.user(), hash, now));
        file.taken();
    }

    /** Reads all anew: a renaming changes scopes along with the instances. */
    synchronized void reload() {
        List<Account> keptAccounts = tables.accounts();
        List<ApiToken> keptTokens = tables.tokens();
        keptAccounts.forEach(account -> accounts.put(account.name(), account));
        keptTokens.forEach(token -> tokens.put(token.info().name(), token));
        keyTables.keys().forEach(key -> keys.put(placeOf(key.user(), key.fingerprint()), key));
    }

    /** The launcher's administrator, at the first start and after a reset: he must get in, whatever he was meanwhile. */
    private void takeOver(String name, String hash, Instant now) {
        Instant created = find(name).map(Account::created).orElse(now);
        keep(new Account(name, Role.ADMINISTRATOR, AccessScope.EVERYTHING, hash, Optional.empty(), true, created, now));
        LOG.info("The administrator {} has the password that the platform was started with", name);
    }

    Collection<Account> all() {
        return List.copyOf(accounts.values());
    }

    Optional<Account> find(String name) {
        return Optional.ofNullable(accounts.get(name));
    }

    /**
     * @throws PlatformException NOT_FOUND
     */
    Account require(String name) {
        return find(name)
                .orElseThrow(
                        () -> PlatformException.notFound("There is no user '" + name + "'. user:list shows them."));
    }

    /**
     * Adds a user.
     *
     * @throws PlatformException CONFLICT when there is one of that name
     */
    synchronized void add(Account account) {
        if (accounts.containsKey(account.name())) {
            throw PlatformException.conflict("There is a user '" + account.name() + "' already. Choose another name.");
        }
        keep(account);
    }

    /**
     * Replaces what is known of a user.
     *
     * @throws PlatformException CONFLICT when nobody would be in charge any more
     */
    synchronized void replace(Account account) {
        if (!account.isInCharge()) {
            requireAnotherInCharge(account.name());
        }
        keep(account);
    }

    private void keep(Account account) {
        tables.keep(account);
        accounts.put(account.name(), account);
    }

    /**
     * @throws PlatformException NOT_FOUND; CONFLICT when nobody would be in charge any more
     */
    synchronized void remove(String name) {
        require(name);
        requireAnotherInCharge(name);
        tables.removeAccount(name);
        accounts.remove(name);
        tokens.values().removeIf(token -> token.info().user().equals(name));
        keys.values().removeIf(key -> key.user().equals(name));
    }

    private void requireAnotherInCharge(String name) {
        boolean another = accounts.values().stream()
                .anyMatch(account -> account.isInCharge() && !account.name().equals(name));
        if (!another) {
            throw PlatformException.conflict("'" + name + "' is the last administrator who can log in."
                    + " Give the role to somebody else before: user:role.");
        }
    }

    Collection<ApiToken> tokens() {
        return List.copyOf(tokens.values());
    }

    /**
     * @throws PlatformException CONFLICT when there is one of that name
     */
    synchronized void add(ApiToken token) {
        String name = token.info().name();
        if (tokens.containsKey(name)) {
            throw PlatformException.conflict("There is a token '" + name + "' already. Choose another name.");
        }
        tables.add(token);
        tokens.put(name, token);
    }

    /**
     * @throws PlatformException NOT_FOUND
     */
    synchronized void removeToken(String name) {
        if (!tokens.containsKey(name)) {
            throw PlatformException.notFound("There is no token '" + name + "'. token:list shows them.");
        }
        tables.removeToken(name);
        tokens.remove(name);
    }

    private static String placeOf(String user, String fingerprint) {
        return user + " " + fingerprint;
    }

    List<UserKey> keys() {
        return List.copyOf(keys.values());
    }

    Optional<UserKey> findKey(String user, String fingerprint) {
        return Optional.ofNullable(keys.get(placeOf(user, fingerprint)));
    }

    /**
     * @throws PlatformException CONFLICT when the user has it already
     */
    synchronized void add(UserKey key) {
        if (findKey(key.user(), key.fingerprint()).isPresent()) {
            throw PlatformException.conflict("'" + key.user() + "' has the key " + key.fingerprint() + " already.");
        }
        keyTables.add(key);
        keys.put(placeOf(key.user(), key.fingerprint()), key);
    }

    /**
     * @throws PlatformException NOT_FOUND
     */
    synchronized void removeKey(String user, String fingerprint) {
        UserKey key = findKey(user, fingerprint)
                .orElseThrow(() -> PlatformException.notFound(
                        "'" + user + "' has no key '" + fingerprint + "'. user:key list shows them."));
        keyTables.remove(key);
        keys.remove(placeOf(user, fingerprint));
    }
}
