package platform.webserver.jetty;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import platform.webserver.api.WebserverException;

/** The form of an instance's path. */
class PathRulesTest {

    @ParameterizedTest
    @ValueSource(strings = {"/example.com/acme", "/a", "/A/b-c_d~e/1.2", "/manager.example.com/x", "/x/system"})
    void pathsOfUnreservedCharactersAreAllowed(String path) {
        assertThatCode(() -> PathRules.check(path)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "a",
                "//",
                "/a/",
                "/a//b",
                "/a b",
                "/a/../b",
                "/a/.",
                "/ä",
                "/a%20b",
                "/a?b",
                "/a'b",
                "/a\"b",
                "/a\\b",
                "/a;b",
                "/a\nb",
                "/a\u0000",
                "/*",
                "/a/{b}"
            })
    void otherPathsAreRefusedWithTheFormThatIsAllowed(String path) {
        assertThatThrownBy(() -> PathRules.check(path))
                .isInstanceOf(WebserverException.class)
                .hasMessageContaining("A path is /part or /part/part…");
    }

    @Test
    void theLengthIsLimited() {
        assertThatCode(() -> PathRules.check("/" + "x".repeat(PathRules.MAX_LENGTH - 1)))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> PathRules.check("/" + "x".repeat(PathRules.MAX_LENGTH)))
                .isInstanceOf(WebserverException.class)
                .hasMessageContaining("longer than 512");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/system", "/system/console", "/manager", "/health/x", "/metrics", "/.well-known/acme"})
    void thePlatformsOwnPathsAreReserved(String path) {
        assertThatThrownBy(() -> PathRules.check(path))
                .isInstanceOf(WebserverException.class)
                .hasMessageContaining("is reserved");
    }
}
