package platform.core.manager;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import platform.core.api.AccessScope;
import platform.core.api.PlatformException;
import platform.core.api.Role;
import platform.core.api.UserInfo;
import platform.core.api.Users;

/** What administrators do with the users. */
@Component
public final class UserAccounts implements Users {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9._-]{0,31}");
    private static final int LEAST = 12;
    private static final int MOST = 256;
    private static final int GENERATED = 20;

    private final UserBook book;
    private final LoginThrottle throttle;
    private final Clock clock;

    @Activate
    public UserAccounts(@Reference UserBook book, @Reference Logins logins) {
        this(book, logins.throttle(), Clock.systemUTC());
    }

    UserAccounts(UserBook book, LoginThrottle throttle, Clock clock) {
        this.book = book;
        this.throttle = throttle;
        this.clock = clock;
    }

    @Override
    public List<UserInfo> list() {
        return book.all().stream().map(Account::info).toList();
    }

    @Override
    public Optional<UserInfo> find(String name) {
        return book.find(name).map(Account::info);
    }

    @Override
    public String add(String name, Role role, AccessScope scope, Optional<String> password) {
        if (!NAME.matcher(name).matches()) {
            throw PlatformException.invalid("The user name is not allowed. Use 1 to 32 lower-case letters, digits, '-',"
                    + " '_' and '.', beginning with a letter: anna");
        }
        checkScope(role, scope);
        String chosen = checked(name, password);
        book.add(
                new Account(name, role, scope, hash(chosen), Optional.empty(), true, clock.instant(), clock.instant()));
        return chosen;
    }

    private static void checkScope(Role role, AccessScope scope) {
        if (role == Role.ADMINISTRATOR && !scope.everything()) {
            throw PlatformException.invalid(
                    "An administrator has everything as scope. Leave the scope out, or make him an operator.");
        }
    }

    /** @param name whose password it is to be */
    static String checked(String name, Optional<String> password) {
        String chosen = password.orElseGet(() -> Secrets.newPassword(GENERATED));
        boolean control = chosen.chars().anyMatch(Character::isISOControl);
        if (chosen.length() < LEAST || chosen.length() > MOST || control || chosen.contains(name)) {
            throw PlatformException.invalid("The password is not allowed. Use " + LEAST + " to " + MOST
                    + " characters, no control characters, and not the user's name in it.");
        }
        return chosen;
    }

    private Account withPassword(String name) {
        Account account = book.require(name);
        if (account.isExternal()) {
            throw PlatformException.conflict("'" + name
                    + "' logs in at an identity provider: password and second factor" + " are changed there.");
        }
        return account;
    }

    private static String hash(String password) {
        return PasswordHash.of(password.toCharArray());
    }

    @Override
    public String setPassword(String name, Optional<String> password) {
        Account account = withPassword(name);
        String chosen = checked(name, password);
        book.replace(account.withPassword(hash(chosen), clock.instant()));
        throttle.forgive(name);
        return chosen;
    }

    @Override
    public void setRole(String name, Role role, AccessScope scope) {
        checkScope(role, scope);
        book.replace(book.require(name).withRole(role, scope));
    }

    @Override
    public void setEnabled(String name, boolean enabled) {
        book.replace(book.require(name).withEnabled(enabled));
        if (enabled) {
            throttle.forgive(name);
        }
    }

    @Override
    public void remove(String name) {
        book.remove(name);
    }

    @Override
    public String newTotpSecret() {
        return Totp.newSecret();
    }

    @Override
    public void setTotp(String name, String secret, String code) {
        Account account = withPassword(name);
        if (Totp.step(secret, code, clock.instant()).isEmpty()) {
            throw PlatformException.invalid("The code is wrong, and nothing is changed. Enter the secret in the"
                    + " authenticator, see that its clock is right, and try again.");
        }
        book.replace(account.withTotp(Optional.of(secret)));
    }

    @Override
    public void removeTotp(String name) {
        book.replace(book.require(name).withTotp(Optional.empty()));
    }
}
