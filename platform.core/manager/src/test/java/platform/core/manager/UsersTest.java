package platform.core.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.bouncycastle.util.encoders.Base32;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import platform.core.api.AccessScope;
import platform.core.api.Caller;
import platform.core.api.ExternalUser;
import platform.core.api.Login;
import platform.core.api.PlatformException;
import platform.core.api.Role;
import platform.db.api.Databases;
import platform.db.postgresql.TestPostgres;

/** Users, their tokens, and who gets in with what. */
class UsersTest {

    private static final AccessScope ALL = AccessScope.EVERYTHING;
    private static final AccessScope EXAMPLE = AccessScope.parse("*@example.com");

    @TempDir
    static Path secrets;

    private static final Databases DATABASES = TestPostgres.databases();
    private static ManagerDatabase database;

    private final Fakes.FakeClock clock = new Fakes.FakeClock(Instant.parse("2026-11-20T10:00:00Z"));
    private InetAddress elsewhere;
    private UserBook book;
    private AuditChain audit;
    private Logins logins;
    private UserAccounts users;
    private ApiTokens tokens;
    private SshKeys keys;

    @BeforeAll
    static void openDatabase() {
        database = new ManagerDatabase(new Secrets(secrets), DATABASES, Fakes.MIGRATIONS);
    }

    @AfterAll
    static void removeDatabase() {
        database.close();
        DATABASES.dropDatabase(ManagerDatabase.NAME);
        DATABASES.dropRole(ManagerDatabase.NAME);
    }

    @BeforeEach
    void firstStart() throws IOException {
        elsewhere = InetAddress.getByName("192.0.2.7");
        handOver("correct horse battery");
        open();
    }

    @AfterEach
    void forgetAll() {
        database.tables()
                .transact("forget the audit", it -> it.createStatement().execute("DELETE FROM audit"));
        database.users().accounts().forEach(account -> database.users().removeAccount(account.name()));
    }

    /** As the launcher does it, but for the number of rounds. */
    private static void handOver(String password) throws IOException {
        byte[] salt = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
        Base64.Encoder base64 = Base64.getEncoder();
        try {
            byte[] hash = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512")
                    .generateSecret(new PBEKeySpec(password.toCharArray(), salt, 1000, 512))
                    .getEncoded();
            Files.writeString(
                    secrets.resolve("admin"),
                    "admin:pbkdf2-sha512:1000:" + base64.encodeToString(salt) + ":" + base64.encodeToString(hash)
                            + "\n");
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private void open() {
        book = new UserBook(database.users(), database.keys(), secrets, clock.instant());
        audit = new AuditChain(new AuditTables(database.tables()), new Secrets(secrets), Duration.ZERO, clock);
        logins = new Logins(book, new LoginAudit(audit, Runnable::run, clock), clock);
        users = new UserAccounts(book, logins.throttle(), clock);
        tokens = new ApiTokens(book, clock);
        keys = new SshKeys(book, clock);
    }

    private Login login(String user, String password) {
        return logins.login(user, password.toCharArray(), Caller.Origin.CONSOLE, elsewhere);
    }

    private boolean getsIn(String user, String password) {
        return login(user, password).caller().isPresent();
    }

    private void add(String name, Role role, AccessScope scope) {
        users.add(name, role, scope, Optional.of("a long password"));
    }

    @Test
    void theAdministratorOfTheFirstStartIsTheFirstUser() throws IOException {
        assertThat(login("admin", "correct horse battery").caller())
                .contains(new Caller("admin", Role.ADMINISTRATOR, ALL, Caller.Origin.CONSOLE, "192.0.2.7"));
        assertThat(getsIn("admin", "wrong horse battery")).isFalse();
        assertThat(getsIn("admin", "")).isFalse();
        assertThat(getsIn("root", "correct horse battery")).isFalse();
        assertThat(Files.readString(secrets.resolve("admin"))).isEqualTo("admin:taken\n");
    }

    @Test
    void loginsAreInTheAuditWithFromWhere() {
        Instant before = clock.instant();
        add("berta", Role.VIEWER, ALL);
        String token = tokens.add("ci", "berta", Role.VIEWER, ALL, in(Duration.ofDays(1)));
        login("berta", "a long password");
        login("berta", "a long password");
        login("berta", "guess");
        caller(token);
        caller("plat_made-up");

        assertThat(audit.list(before, 10, ""))
                .extracting(it -> it.event().caller().user()
                        + " " + it.event().action()
                        + " " + it.event().arguments()
                        + " " + it.event().caller().from()
                        + " " + it.result())
                .containsExactly(
                        "unknown rest:login token 192.0.2.7 refused: wrong or expired token",
                        "berta/ci rest:login token 192.0.2.7 done",
                        "berta console:login password 192.0.2.7 refused: wrong user or password",
                        "berta console:login password 192.0.2.7 done");
    }

    private String openSession(String name, String identity, Role role, AccessScope scope) {
        return logins.openSession(new ExternalUser(name, identity, role, scope), Caller.Origin.CONSOLE, elsewhere);
    }

    private Optional<Caller> inSession(String secret) {
        return logins.session(secret, Caller.Origin.CONSOLE, elsewhere);
    }

    @Test
    void whomAnIdentityProviderLetsInIsAUserWithoutAPassword() {
        String secret = openSession("anna@example.com", "https://id.example.com 17", Role.OPERATOR, EXAMPLE);

        assertThat(inSession(secret))
                .contains(new Caller(
                        "oidc:anna@example.com", Role.OPERATOR, EXAMPLE, Caller.Origin.CONSOLE, "192.0.2.7"));
        assertThat(users.find("oidc:anna@example.com").orElseThrow().role()).isEqualTo(Role.OPERATOR);
        assertThat(audit.list(Instant.EPOCH, 1, "oidc:").get(0).event().arguments())
                .isEqualTo("identity provider");
        assertThat(getsIn("oidc:anna@example.com", "https://id.example.com 17")).isFalse();
        assertThat(getsIn("oidc:anna@example.com", "")).isFalse();
        assertThatThrownBy(() -> users.setPassword("oidc:anna@example.com", Optional.of("a long password")))
                .hasMessageContaining("identity provider");
        open();
        assertThat(users.find("oidc:anna@example.com")).isPresent();
        assertThat(inSession(secret)).as("a restart ends all sessions").isEmpty();
    }

    @Test
    void aSessionEndsWithItsTimeAndWithItsUser() {
        String secret = openSession("anna", "17", Role.OPERATOR, ALL);
        clock.advance(ProvenLogins.UNUSED.minusSeconds(1));
        assertThat(inSession(secret)).isPresent();
        clock.advance(ProvenLogins.UNUSED.minusSeconds(1));
        assertThat(inSession(secret)).as("used meanwhile").isPresent();
        clock.advance(ProvenLogins.UNUSED);
        assertThat(inSession(secret)).isEmpty();

        String closed = openSession("anna", "17", Role.OPERATOR, ALL);
        logins.closeSession(closed);
        assertThat(inSession(closed)).isEmpty();
        assertThat(inSession("made up")).isEmpty();

        String disabled = openSession("anna", "17", Role.OPERATOR, ALL);
        users.setEnabled("oidc:anna", false);
        assertThat(inSession(disabled)).isEmpty();
        assertThatThrownBy(() -> openSession("anna", "17", Role.OPERATOR, ALL)).hasMessageContaining("user:enable");
    }

    @Test
    void whoComesWithAFormerUsersNameIsNotTakenForHim() {
        String former = openSession("anna", "17", Role.ADMINISTRATOR, ALL);
        assertThatThrownBy(() -> openSession("anna", "18", Role.VIEWER, ALL)).hasMessageContaining("user:remove");
        users.remove("oidc:anna");
        assertThat(inSession(openSession("anna", "18", Role.VIEWER, ALL))
                        .orElseThrow()
                        .role())
                .isEqualTo(Role.VIEWER);
        assertThat(inSession(former)).isEmpty();
    }

    @Test
    void whoIsNotLetInByWayOfAnIdentityProviderIsInTheAudit() {
        logins.refused(Caller.Origin.CONSOLE, elsewhere, "no role is meant for him");
        assertThat(audit.list(Instant.EPOCH, 1, "").get(0))
                .satisfies(it -> assertThat(it.event().caller().from()).isEqualTo("192.0.2.7"))
                .satisfies(it -> assertThat(it.event().arguments()).isEqualTo("identity provider"))
                .satisfies(it -> assertThat(it.result()).contains("no role is meant for him"));
    }

    @Test
    void roleAndScopeAreThoseOfTheLastLogin() {
        String first = openSession("anna", "17", Role.ADMINISTRATOR, ALL);
        openSession("anna", "17", Role.OPERATOR, EXAMPLE);
        assertThat(inSession(first).orElseThrow().scope()).isEqualTo(EXAMPLE);
    }

    @Test
    void anAdministratorOfAnIdentityProviderIsNotTheOnlyOne() {
        openSession("anna", "17", Role.ADMINISTRATOR, ALL);
        assertThatThrownBy(() -> users.remove("admin")).hasMessageContaining("last administrator");
    }

    @Test
    void hisHashIsMadeAnewWhenHisPasswordIsSeen() {
        assertThat(book.require("admin").password()).startsWith("pbkdf2-sha512:");

        assertThat(getsIn("admin", "correct horse battery")).isTrue();

        assertThat(book.require("admin").password()).startsWith("argon2id:19456:2:");
        open();
        assertThat(getsIn("admin", "correct horse battery")).isTrue();
    }

    @Test
    void aNewPasswordOfTheLauncherLetsTheAdministratorInWhateverHeWas() throws IOException {
        add("berta", Role.ADMINISTRATOR, ALL);
        users.setRole("admin", Role.VIEWER, EXAMPLE);
        users.setEnabled("admin", false);

        handOver("after the reset");
        open();

        assertThat(login("admin", "after the reset").caller().orElseThrow().role())
                .isEqualTo(Role.ADMINISTRATOR);
        assertThat(getsIn("admin", "correct horse battery")).isFalse();
        users.setPassword("admin", Optional.of("chosen by himself"));
        open();
        assertThat(getsIn("admin", "chosen by himself"))
                .as("what was taken is not taken again")
                .isTrue();
    }

    @Test
    void whatIsChangedIsThereAfterARestart() {
        add("anna", Role.VIEWER, ALL);
        users.setRole("anna", Role.OPERATOR, EXAMPLE);
        String secret = users.newTotpSecret();
        users.setTotp("anna", secret, code(secret));
        var before = users.list();

        open();

        assertThat(users.list()).isEqualTo(before);
        assertThat(users.find("anna").orElseThrow().role()).isEqualTo(Role.OPERATOR);
        assertThat(users.find("anna").orElseThrow().scope()).isEqualTo(EXAMPLE);
        assertThat(users.find("anna").orElseThrow().totp()).isTrue();
        assertThat(book.require("anna").totp()).contains(secret);
    }

    @Test
    void aDisabledOrRemovedUserDoesNotGetInAlsoIfHeIsIn() {
        add("anna", Role.OPERATOR, ALL);
        assertThat(getsIn("anna", "a long password")).isTrue();

        users.setEnabled("anna", false);
        assertThat(getsIn("anna", "a long password")).isFalse();
        assertThatThrownBy(() -> logins.become("anna", Caller.Origin.SHELL, "root"))
                .hasMessageContaining("user:enable");
        users.setEnabled("anna", true);
        assertThat(getsIn("anna", "a long password")).isTrue();

        users.remove("anna");
        assertThat(getsIn("anna", "a long password")).isFalse();
        assertThatThrownBy(() -> users.remove("anna")).hasMessageContaining("no user 'anna'");
    }

    @Test
    void aChangedRoleHoldsAtOnce() {
        add("anna", Role.OPERATOR, ALL);
        assertThat(getsIn("anna", "a long password")).isTrue();

        users.setRole("anna", Role.VIEWER, EXAMPLE);

        Caller caller = login("anna", "a long password").caller().orElseThrow();
        assertThat(caller.role()).isEqualTo(Role.VIEWER);
        assertThat(caller.scope()).isEqualTo(EXAMPLE);
    }

    @Test
    void aScopeFollowsARenamedDomain() {
        add("anna", Role.OPERATOR, AccessScope.parse("*@example.com,x@example.com,y@my-example.com,z@example.com.au"));
        String token =
                tokens.add("ci", "anna", Role.VIEWER, AccessScope.parse("x@example.com"), in(Duration.ofDays(1)));

        database.tables().transact("rename", connection -> {
            UserTables.renameDomain(connection, "example.com", "example.org");
            return null;
        });
        book.reload();

        assertThat(users.find("anna").orElseThrow().scope())
                .isEqualTo(AccessScope.parse("*@example.org,x@example.org,y@my-example.com,z@example.com.au"));
        assertThat(caller(token).orElseThrow().scope()).hasToString("x@example.org");
    }

    @Test
    void thereIsAlwaysAnAdministrator() {
        assertThatThrownBy(() -> users.remove("admin")).hasMessageContaining("last administrator");
        assertThatThrownBy(() -> users.setEnabled("admin", false)).hasMessageContaining("last administrator");
        assertThatThrownBy(() -> users.setRole("admin", Role.OPERATOR, ALL)).hasMessageContaining("last administrator");

        add("berta", Role.ADMINISTRATOR, ALL);
        users.remove("admin");

        assertThatThrownBy(() -> users.remove("berta")).hasMessageContaining("last administrator");
    }

    /** Karaf took a login name for a part of a search, which found somebody else. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "adm*",
                "admi_",
                "%",
                "admin)(|(uid=*",
                "*)(objectClass=*",
                "admin' OR '1'='1",
                "admin\u0000",
                "ADMIN",
                " admin"
            })
    void cve_2026_90979_aLoginNameIsNoPattern(String name) {
        assertThat(login(name, "correct horse battery").caller()).isEmpty();
        assertThat(login("admin", "correct horse battery").caller()).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Anna", "1a", "a b", "a/b", "a:b", "a\nb", "ä", "abcdefghijklmnopqrstuvwxyz0123456"})
    void refusesNamesThatAreNotPlain(String name) {
        assertThatThrownBy(() -> add(name, Role.VIEWER, ALL)).hasMessageContaining("name is not allowed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "short", "x-anna-long-enough", "with\ta control character"})
    void refusesPasswordsThatAreTooWeak(String password) {
        assertThatThrownBy(() -> users.add("anna", Role.VIEWER, ALL, Optional.of(password)))
                .hasMessageContaining("password is not allowed");
    }

    @Test
    void refusesANameThatIsTakenAndAnAdministratorWithBounds() {
        add("anna", Role.VIEWER, ALL);
        assertThatThrownBy(() -> add("anna", Role.VIEWER, ALL)).hasMessageContaining("already");
        assertThatThrownBy(() -> add("berta", Role.ADMINISTRATOR, EXAMPLE)).hasMessageContaining("everything");
    }

    @Test
    void makesAPasswordWhereNoneIsGiven() {
        String made = users.add("anna", Role.VIEWER, ALL, Optional.empty());

        assertThat(made).hasSize(20);
        assertThat(getsIn("anna", made)).isTrue();
        assertThat(book.require("anna").toString()).doesNotContain(made, "argon2id");
    }

    @Test
    void aSecondFactorIsAskedForAndGoodOnce() {
        add("anna", Role.VIEWER, ALL);
        String secret = users.newTotpSecret();
        assertThatThrownBy(() -> users.setTotp("anna", secret, "12345x")).hasMessageContaining("code is wrong");
        users.setTotp("anna", secret, code(secret));

        assertThat(getsIn("anna", "a long password")).isFalse();
        assertThat(getsIn("anna", "a long password000000")).isFalse();
        String first = "a long password" + code(secret);
        assertThat(getsIn("anna", first)).isTrue();
        assertThat(getsIn("anna", first)).as("the same client's next request").isTrue();
        clock.advance(ProvenLogins.UNUSED);
        assertThat(getsIn("anna", first)).isFalse();
        assertThat(getsIn("anna", "a long password" + code(secret))).isTrue();

        users.removeTotp("anna");
        assertThat(getsIn("anna", "a long password")).isTrue();
    }

    @Test
    void aCodeThatWasUsedIsGoodForNobodyElse() {
        add("anna", Role.VIEWER, ALL);
        String secret = users.newTotpSecret();
        users.setTotp("anna", secret, code(secret));
        assertThat(getsIn("anna", "a long password" + code(secret))).isTrue();

        users.setRole("anna", Role.OPERATOR, ALL);

        assertThat(getsIn("anna", "a long password" + code(secret))).isFalse();
    }

    private String code(String secret) {
        return Totp.code(secret, clock.instant().getEpochSecond() / 30);
    }

    /** RFC 6238, appendix B, cut to six digits. */
    @ParameterizedTest
    @CsvSource({"59, 287082", "1111111109, 081804", "1234567890, 005924", "20000000000, 353130"})
    void codesAreThoseOfTheStandard(long second, String code) {
        String secret = Base32.toBase32String("12345678901234567890".getBytes(StandardCharsets.US_ASCII));
        assertThat(Totp.code(secret, second / 30)).isEqualTo(code);
        assertThat(Totp.step(secret, code, Instant.ofEpochSecond(second + 30))).isPresent();
        assertThat(Totp.step(secret, code, Instant.ofEpochSecond(second + 90))).isEmpty();
    }

    @Test
    void guessingIsSlowedDownMoreAndMoreByAddress() throws IOException {
        LoginThrottle throttle = new LoginThrottle(clock);
        for (int i = 0; i < LoginThrottle.FREE; i++) {
            assertThat(throttle.attempt(elsewhere, "user" + i)).isZero();
        }
        assertThat(throttle.attempt(elsewhere, "x")).isEqualTo(Duration.ofSeconds(1));
        clock.advance(Duration.ofSeconds(1));
        assertThat(throttle.attempt(elsewhere, "x")).isZero();
        assertThat(throttle.attempt(elsewhere, "y")).isEqualTo(Duration.ofSeconds(2));
        assertThat(throttle.attempt(InetAddress.getByName("192.0.2.8"), "y")).isZero();
    }

    @Test
    void guessingIsSlowedDownByUserWhateverTheAddress() throws IOException {
        for (int i = 0; i < LoginThrottle.FREE; i++) {
            elsewhere = InetAddress.getByName("192.0.2." + i);
            assertThat(login("admin", "guess")).isEqualTo(Login.WRONG);
        }
        elsewhere = InetAddress.getByName("192.0.2.99");
        assertThat(login("admin", "correct horse battery").pause()).isPositive();

        users.setPassword("admin", Optional.of("a new long one"));
        assertThat(getsIn("admin", "a new long one"))
                .as("an administrator has dealt with it")
                .isTrue();
    }

    @Test
    void oneIpv6NetworkCountsAsOneAddress() throws IOException {
        LoginThrottle throttle = new LoginThrottle(clock);
        for (int i = 0; i < LoginThrottle.FREE; i++) {
            throttle.attempt(InetAddress.getByName("2001:db8:1:2::" + i), "user" + i);
        }
        assertThat(throttle.attempt(InetAddress.getByName("2001:db8:1:2:ffff::1"), "x"))
                .isPositive();
        assertThat(throttle.attempt(InetAddress.getByName("2001:db8:1:3::1"), "x"))
                .isZero();
    }

    @Test
    void aClockThatIsSetBackLocksNobodyOut() {
        LoginThrottle throttle = new LoginThrottle(clock);
        for (int i = 0; i < LoginThrottle.FREE; i++) {
            throttle.attempt(elsewhere, "x");
        }
        clock.advance(Duration.ofDays(-400));
        assertThat(throttle.attempt(elsewhere, "x")).isZero();
        assertThat(throttle.attempt(elsewhere, "x")).as("slowed down as before").isPositive();
        clock.advance(Duration.ofHours(2));
        assertThat(throttle.attempt(elsewhere, "x")).isZero();
        assertThat(throttle.attempt(elsewhere, "x"))
                .as("forgiven after an hour")
                .isZero();
    }

    @Test
    void aTokenHasTheLesserRightsOfItsOwnAndItsUsers() {
        add("anna", Role.OPERATOR, ALL);
        String token = tokens.add("ci", "anna", Role.OPERATOR, EXAMPLE, in(Duration.ofDays(1)));

        assertThat(token).startsWith("plat_").hasSize(48);
        assertThat(caller(token))
                .contains(new Caller("anna/ci", Role.OPERATOR, EXAMPLE, Caller.Origin.REST, "192.0.2.7"));
        users.setRole("anna", Role.VIEWER, AccessScope.parse("acme@example.com"));
        Caller lesser = caller(token).orElseThrow();
        assertThat(lesser.role()).isEqualTo(Role.VIEWER);
        assertThat(lesser.scope()).hasToString("acme@example.com");
    }

    @Test
    void onlyATokensHashIsKept() {
        String token = tokens.add("ci", "admin", Role.VIEWER, ALL, in(Duration.ofDays(1)));

        ApiToken kept = database.users().tokens().get(0);
        assertThat(kept.toString()).doesNotContain(token);
        open();
        assertThat(caller(token)).isPresent();
        assertThat(caller(token.substring(0, 47) + "!")).isEmpty();
        assertThat(caller("")).isEmpty();
    }

    @Test
    void aTokenEndsWithItsTimeItsUserAndItsRemoval() {
        add("anna", Role.OPERATOR, ALL);
        String brief = tokens.add("brief", "anna", Role.VIEWER, ALL, in(Duration.ofHours(1)));
        String removed = tokens.add("removed", "anna", Role.VIEWER, ALL, in(Duration.ofDays(9)));
        String long1 = tokens.add("long", "anna", Role.VIEWER, ALL, in(Duration.ofDays(9)));

        tokens.remove("removed");
        assertThat(caller(removed)).isEmpty();
        clock.advance(Duration.ofHours(1));
        assertThat(caller(brief)).isEmpty();
        users.setEnabled("anna", false);
        assertThat(caller(long1)).isEmpty();
        users.setEnabled("anna", true);
        assertThat(caller(long1)).isPresent();
        users.remove("anna");
        assertThat(caller(long1)).isEmpty();
        assertThat(tokens.list()).isEmpty();
        assertThat(database.users().tokens()).isEmpty();
    }

    @Test
    void refusesTokensWithMoreRightsThanTheirUser() {
        add("anna", Role.OPERATOR, EXAMPLE);
        Instant tomorrow = in(Duration.ofDays(1));
        assertThatThrownBy(() -> tokens.add("ci", "anna", Role.ADMINISTRATOR, EXAMPLE, tomorrow))
                .isInstanceOf(PlatformException.class)
                .hasMessageContaining("'anna' is operator of *@example.com");
        assertThatThrownBy(() -> tokens.add("ci", "anna", Role.VIEWER, ALL, tomorrow))
                .hasMessageContaining("no more");
        assertThatThrownBy(() -> tokens.add("ci", "anna", Role.VIEWER, EXAMPLE, clock.instant()))
                .hasMessageContaining("longer");
        assertThatThrownBy(() -> tokens.add("C I", "anna", Role.VIEWER, EXAMPLE, tomorrow))
                .hasMessageContaining("name");
        assertThatThrownBy(() -> tokens.add("ci", "nobody", Role.VIEWER, EXAMPLE, tomorrow))
                .hasMessageContaining("no user");
    }

    private boolean getsInByKey(String user, String fingerprint) {
        return logins.key(user, fingerprint, Caller.Origin.SSH, elsewhere).isPresent();
    }

    @Test
    void aKeyLetsItsUserInUntilItOrHeIsRemoved() {
        add("anna", Role.OPERATOR, EXAMPLE);
        String fingerprint =
                keys.add("anna", "  " + PublicKeyLineTest.ED25519 + "\n").fingerprint();

        open();
        assertThat(keys.list()).singleElement().satisfies(key -> {
            assertThat(key.type()).isEqualTo("ssh-ed25519");
            assertThat(key.comment()).isEqualTo("anna at home");
            assertThat(key.added()).isEqualTo(clock.instant());
        });
        assertThat(logins.key("anna", fingerprint, Caller.Origin.SSH, elsewhere))
                .contains(new Caller("anna", Role.OPERATOR, EXAMPLE, Caller.Origin.SSH, "192.0.2.7"));
        assertThat(getsInByKey("admin", fingerprint)).isFalse();
        users.setEnabled("anna", false);
        assertThat(getsInByKey("anna", fingerprint)).isFalse();
        users.setEnabled("anna", true);
        keys.remove("anna", fingerprint);
        assertThat(getsInByKey("anna", fingerprint)).isFalse();
        keys.add("anna", PublicKeyLineTest.ED25519);
        users.remove("anna");
        assertThat(getsInByKey("anna", fingerprint)).isFalse();
        open();
        assertThat(keys.list()).isEmpty();
    }

    @Test
    void refusesKeysOfNobodyAndKeysThatAreThere() {
        assertThatThrownBy(() -> keys.add("nobody", PublicKeyLineTest.ED25519))
                .hasMessageContaining("no user 'nobody'");
        keys.add("admin", PublicKeyLineTest.ED25519);
        assertThatThrownBy(() -> keys.add("admin", PublicKeyLineTest.ED25519)).hasMessageContaining("already");
        assertThatThrownBy(() -> keys.remove("admin", "SHA256:x")).hasMessageContaining("user:key list");
    }

    private Instant in(Duration time) {
        return clock.instant().plus(time);
    }

    private Optional<Caller> caller(String token) {
        return logins.token(token, Caller.Origin.REST, elsewhere);
    }
}
