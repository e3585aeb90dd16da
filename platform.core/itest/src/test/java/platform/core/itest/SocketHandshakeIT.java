package platform.core.itest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The opening handshake, as the server must take and answer it (RFC 6455 4.2). */
@SocketConformance
final class SocketHandshakeIT {

    private static final RawFrame HELLO = RawFrame.text("Hello");

    private final SocketEcho echo;

    SocketHandshakeIT(SocketEcho echo) {
        this.echo = echo;
    }

    private void mustOpen(RawRequest request) {
        try (RawSocket socket = echo.connect()) {
            mustHaveOpened(socket.send(request.bytes()).answer());
            socket.mustEcho(HELLO);
        }
    }

    private static void mustHaveOpened(RawAnswer answer) {
        answer.mustBe(101).mustHave(RawAnswer.ACCEPT, RawRequest.SAMPLE_ACCEPT);
    }

    @Test
    void theAnswerIsThatOfTheRfcsExampleAndNamesNothingThatWasNotOffered() {
        RawAnswer answer = echo.answer(echo.request());

        mustHaveOpened(answer);
        assertThat(answer.all("Upgrade")).singleElement().asString().isEqualToIgnoringCase("websocket");
        assertThat(answer.all("Connection")).singleElement().asString().isEqualToIgnoringCase("upgrade");
        for (String name : List.of(RawAnswer.EXTENSIONS, RawAnswer.PROTOCOL, "Content-Length", "Transfer-Encoding")) {
            answer.mustNotHave(name);
        }
    }

    @ParameterizedTest(name = "the key {0} is answered with {1}")
    @CsvSource({
        "AAAAAAAAAAAAAAAAAAAAAA==, ICX+Yqv66kxgM0FcWaLWlFLwTAI=",
        "/////////////////////w==, XXpj4jYzLM2yUE0C7TIgMwTQh2g=",
        "AQIDBAUGBwgJCgsMDQ4PEA==, C/0nmHhBztSRGR1CwL6Tf4ZjwpY=",
        "x3JJHMbDL1EzLkh9GBhXDw==, HSmrc0sMlYUkAGmm5OPpG2HaGWk=",
    })
    void theAnswerProvesThatTheKeyWasRead(String key, String accept) {
        echo.answer(echo.request().replacing(RawRequest.KEY, key)).mustBe(101).mustHave(RawAnswer.ACCEPT, accept);
    }

    @Test
    void spaceAroundTheKeyIsNoPartOfIt() {
        mustOpen(echo.request().replacing(RawRequest.KEY, " \t" + RawRequest.SAMPLE_KEY + " \t"));
    }

    @Test
    void namesOfHeadersMayBeInLowerCase() {
        mustOpen(echo.request().names(name -> name.toLowerCase(Locale.ROOT)));
    }

    @Test
    void namesOfHeadersMayBeInUpperCase() {
        mustOpen(echo.request().names(name -> name.toUpperCase(Locale.ROOT)));
    }

    @ParameterizedTest(name = "\"Upgrade: {0}\" opens")
    @ValueSource(strings = {"WebSocket", "WEBSOCKET", "  websocket  "})
    void theTokenWebsocketMayBeInAnyCase(String token) {
        mustOpen(echo.request().replacing("Upgrade", token));
    }

    @ParameterizedTest(name = "\"Connection: {0}\" opens")
    @ValueSource(
            strings = {"upgrade", "UPGRADE", "keep-alive, Upgrade", "Upgrade, keep-alive", "keep-alive,upgrade ,x"})
    void theTokenUpgradeMayBeInAnyCaseAndInAList(String list) {
        mustOpen(echo.request().replacing("Connection", list));
    }

    @Test
    void theTokenUpgradeMayBeInASecondHeader() {
        mustOpen(echo.request().replacing("Connection", "keep-alive").with("Connection", "Upgrade"));
    }

    @ParameterizedTest(name = "\"Connection: {0}\" does not open")
    @ValueSource(strings = {"keep-alive", "Upgraded", "no upgrade", "close"})
    void withoutTheTokenUpgradeNothingOpens(String list) {
        echo.answer(echo.request().replacing("Connection", list)).mustBeRefused();
    }

    @Test
    void withoutAConnectionHeaderNothingOpens() {
        echo.answer(echo.request().without("Connection")).mustBeRefused();
    }

    @Test
    void withoutAnUpgradeHeaderThereIsNoSuchPage() {
        echo.answer(echo.request().without("Upgrade")).mustBe(404).mustBeRefused();
    }

    @ParameterizedTest(name = "\"Upgrade: {0}\" does not open")
    @ValueSource(strings = {"h2", "websockets", "web-socket", "websocket2"})
    void anotherProtocolDoesNotOpen(String token) {
        echo.answer(echo.request().replacing("Upgrade", token)).mustBeRefused();
    }

    @Test
    void withoutAKeyItIsABadRequest() {
        echo.answer(echo.request().without(RawRequest.KEY)).mustBe(400).mustBeRefused();
    }

    @Test
    void twoKeysAreABadRequest() {
        echo.answer(echo.request().with(RawRequest.KEY, RawRequest.SAMPLE_KEY))
                .mustBe(400)
                .mustBeRefused();
    }

    static Stream<String> badKeys() {
        Base64.Encoder base64 = Base64.getEncoder();
        Stream<String> wrongSizes = Stream.of(0, 1, 15, 17, 32).map(size -> base64.encodeToString(new byte[size]));
        return Stream.concat(
                wrongSizes,
                Stream.of(
                        "dGhlIHNhbXBsZSBub25jZQ",
                        "dGhlIHNhbXBsZSBub25jZQ=",
                        "dGhlIHNhbXBsZSBub25jZQ===",
                        "dGhlIHNhbXBs ZSBub25jZQ==",
                        "dGhlIHNhbXBsZSBub25jZ!==",
                        "_____________________w==",
                        "------------------------",
                        "========================"));
    }

    @ParameterizedTest(name = "the key \"{0}\" is a bad request")
    @MethodSource("badKeys")
    void aKeyThatIsNot16BytesInBase64IsABadRequest(String key) {
        echo.answer(echo.request().replacing(RawRequest.KEY, key)).mustBe(400).mustBeRefused();
    }

    @ParameterizedTest(name = "the version \"{0}\" is answered with the right one")
    @ValueSource(strings = {"", "0", "7", "8", "12", "14", "113", "255", "13.0", "x"})
    void anotherVersionIsAnsweredWithTheRightOne(String version) {
        echo.answer(echo.request().replacing(RawAnswer.VERSION, version))
                .mustBe(426)
                .mustHave(RawAnswer.VERSION, "13")
                .mustBeRefused();
    }

    @Test
    void noVersionIsAnsweredWithTheRightOne() {
        echo.answer(echo.request().without(RawAnswer.VERSION))
                .mustBe(426)
                .mustHave(RawAnswer.VERSION, "13")
                .mustBeRefused();
    }

    @ParameterizedTest(name = "{0} does not open")
    @ValueSource(strings = {"POST", "PUT", "HEAD", "DELETE", "OPTIONS", "PATCH", "get", "UPGRADE"})
    void onlyGetOpens(String method) {
        echo.answer(echo.request().method(method).with("Content-Length", "0")).mustBeRefused();
    }

    @Test
    void http10DoesNotOpen() {
        RawAnswer answer = echo.answer(echo.request().version("HTTP/1.0"));

        answer.mustNotHave(RawAnswer.ACCEPT);
        assertThat(answer.status()).isGreaterThanOrEqualTo(400);
    }

    @Test
    void withoutAHostItIsABadRequest() {
        echo.answer(echo.request().without("Host")).mustBe(400).mustBeRefused();
    }

    @Test
    void aPathBesideTheSocketsIsNotFound() {
        echo.answer(echo.request().target(path -> path + "es")).mustBe(404).mustBeRefused();
    }

    @Test
    void aQueryDoesNotMatter() {
        mustOpen(echo.request().target(path -> path + "?room=1&name=%C3%A4"));
    }

    @Test
    void headersThatSayNothingToAWebSocketDoNotMatter() {
        mustOpen(echo.request()
                .with("Cookie", "a=b; c=d")
                .with("User-Agent", "it")
                .with("Pragma", "no-cache"));
    }

    @ParameterizedTest(name = "\"Sec-WebSocket-Protocol: {0}\" is answered with none")
    @ValueSource(strings = {"chat", "chat, superchat", "graphql-ws"})
    void aSubprotocolThatTheAppDoesNotKnowIsNotAgreedOn(String protocols) {
        RawAnswer answer = echo.answer(echo.request().with(RawAnswer.PROTOCOL, protocols));

        mustHaveOpened(answer);
        answer.mustNotHave(RawAnswer.PROTOCOL);
    }

    @ParameterizedTest(name = "\"Sec-WebSocket-Extensions: {0}\" is answered with none")
    @ValueSource(strings = {"x-unknown", "x-webkit-deflate-frame", "deflate-stream, mux; max-channels=4; flow-control"})
    void anExtensionThatIsNotKnownIsNotAgreedOn(String extensions) {
        RawAnswer answer = echo.answer(echo.request().with(RawAnswer.EXTENSIONS, extensions));

        mustHaveOpened(answer);
        answer.mustNotHave(RawAnswer.EXTENSIONS);
    }
}
