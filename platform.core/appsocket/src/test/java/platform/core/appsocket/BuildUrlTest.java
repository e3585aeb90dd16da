package platform.core.appsocket;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BuildUrlTest {

    @ParameterizedTest
    @CsvSource({
        "https://h/example.com/acme/1A2/hello.htm, https://h/example.com/acme/1b3/hello.htm",
        "https://h/example.com/acme/hello.htm, https://h/example.com/acme/1b3/hello.htm",
        "https://h/example.com/acme/1A2/hello.htm?a=/b#/c, https://h/example.com/acme/1b3/hello.htm?a=/b#/c",
        "https://h/example.com/acme/1A2/, https://h/example.com/acme/1b3/",
        "https://h/example.com/acme/x1/hello.htm, https://h/example.com/acme/x1/1b3/hello.htm",
        "https://h:1/hello.htm, https://h:1/1b3/hello.htm"
    })
    void theBuildIsReplacedOrInserted(String url, String moved) {
        assertThat(BuildUrl.moved(url, "/example.com/acme", "1b3")).contains(moved);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://h/example.com/acme/1b3/hello.htm",
                "https://h/example.com/acme/1B3/hello.htm?x",
                "",
                "hello.htm",
                "https://h",
                "https://",
                "://",
                "/",
                "?/a/b"
            })
    void aPageOfTheCurrentBuildStaysAndSoDoesWhatIsNoPage(String url) {
        assertThat(BuildUrl.moved(url, "/example.com/acme", "1b3")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://h/example.com/acme/1A2/hello.htm", "https://h/hello.htm"})
    void anAppWithoutBuildsMovesNobody(String url) {
        assertThat(BuildUrl.moved(url, "/example.com/acme", "")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"https://h/example.com/cafe/hello.htm, https://h/example.com/cafe/1b3/hello.htm"})
    void anInstanceWhoseNameLooksLikeABuildIsNone(String url, String moved) {
        assertThat(BuildUrl.moved(url, "/example.com/cafe", "1b3")).contains(moved);
    }
}
