package platform.core.itest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The offer of permessage-deflate and its answer (RFC 6455 9.1, RFC 7692 5 and 7.1). */
@SocketConformance
final class SocketDeflateOfferIT {

    private static final String DEFLATE = "permessage-deflate";
    private static final String SERVER_CONTEXT = "server_no_context_takeover";
    private static final String CLIENT_CONTEXT = "client_no_context_takeover";
    private static final String SERVER_WINDOW = "server_max_window_bits";
    private static final String CLIENT_WINDOW = "client_max_window_bits";
    private static final RawFrame COMPRESSED =
            RawFrame.text(RawFrame.hex("f2 48 cd c9 c9 07 00")).with(RawFrame.RSV1);

    private final SocketEcho echo;

    SocketDeflateOfferIT(SocketEcho echo) {
        this.echo = echo;
    }

    /** Opens a socket with the offers, one header each, proves what was agreed on, and gives the answer's values. */
    private List<String> agreed(String... offers) {
        RawRequest request = echo.request();
        Arrays.stream(offers).forEach(offer -> request.with(RawAnswer.EXTENSIONS, offer));
        try (RawSocket socket = echo.connect()) {
            RawAnswer answer = socket.send(request.bytes()).answer().mustBe(101);
            socket.send(COMPRESSED);
            if (answer.all(RawAnswer.EXTENSIONS).isEmpty()) {
                socket.mustClose(1002);
            } else {
                socket.mustReceive(RawFrame.text("Hello"));
            }
            return answer.all(RawAnswer.EXTENSIONS);
        }
    }

    private static List<String> parts(List<String> values) {
        assertThat(values).hasSize(1);
        return Arrays.stream(values.get(0).split(";")).map(String::strip).toList();
    }

    private void mustAgree(String... offers) {
        List<String> parts = parts(agreed(offers));

        assertThat(parts.get(0)).isEqualTo(DEFLATE);
        assertThat(parts.subList(1, parts.size())).containsExactlyInAnyOrder(SERVER_CONTEXT, CLIENT_CONTEXT);
    }

    @Test
    void withoutAnOfferThereIsNoExtension() {
        assertThat(agreed()).isEmpty();
    }

    @ParameterizedTest(name = "\"{0}\" is accepted without context take-over")
    @ValueSource(
            strings = {
                DEFLATE,
                "  permessage-deflate  ",
                DEFLATE + "; " + SERVER_CONTEXT,
                DEFLATE + "; " + CLIENT_CONTEXT,
                DEFLATE + "; " + CLIENT_CONTEXT + "; " + SERVER_CONTEXT,
                DEFLATE + ";" + SERVER_CONTEXT + ";" + CLIENT_CONTEXT,
                DEFLATE + " ; " + SERVER_CONTEXT + " ; " + CLIENT_CONTEXT,
            })
    void anOfferIsAcceptedWithoutContextTakeOver(String offer) {
        mustAgree(offer);
    }

    static Stream<String> clientWindows() {
        Stream<String> values =
                Stream.of("", "=8", "=9", "=10", "=11", "=12", "=13", "=14", "=15", "=\"8\"", "=\"10\"", "=\"15\"");
        return Stream.concat(
                values.map(value -> DEFLATE + "; " + CLIENT_WINDOW + value),
                Stream.of(
                        DEFLATE + "; " + CLIENT_WINDOW + "; " + SERVER_CONTEXT,
                        DEFLATE + "; " + CLIENT_CONTEXT + "; " + CLIENT_WINDOW + "=12; " + SERVER_CONTEXT));
    }

    @ParameterizedTest(name = "\"{0}\" is accepted, with a window in the answer or without")
    @MethodSource("clientWindows")
    void theWindowOfTheClientMayBeOffered(String offer) {
        String value = offer.replaceAll("\\D", "");
        int most = value.isEmpty() ? 15 : Integer.parseInt(value);
        List<String> parts = new ArrayList<>(parts(agreed(offer)));
        String[] windows = IntStream.rangeClosed(8, most)
                .mapToObj(bits -> CLIENT_WINDOW + "=" + bits)
                .toArray(String[]::new);

        assertThat(parts.remove(0)).isEqualTo(DEFLATE);
        assertThat(parts).contains(SERVER_CONTEXT, CLIENT_CONTEXT).hasSizeBetween(2, 3);
        parts.removeAll(List.of(SERVER_CONTEXT, CLIENT_CONTEXT));
        assertThat(parts).isSubsetOf(windows);
    }

    @ParameterizedTest(name = "\"{0}\" is declined, or accepted with that window in the answer")
    @ValueSource(
            strings = {
                DEFLATE + "; server_max_window_bits=15",
                DEFLATE + "; server_max_window_bits=\"15\"; " + SERVER_CONTEXT
            })
    void theLargestWindowOfTheServerMayBeOffered(String offer) {
        List<String> values = agreed(offer);

        if (!values.isEmpty()) {
            assertThat(parts(values).stream().map(part -> part.replace("\"", "")))
                    .containsExactlyInAnyOrder(DEFLATE, SERVER_CONTEXT, CLIENT_CONTEXT, SERVER_WINDOW + "=15");
        }
    }

    static Stream<String> declined() {
        Stream<String> serverWindows =
                Stream.of("", "=0", "=7", "=16", "=abc", "=08", "=015", "=-8", "=150", "=1", "=\"16\"");
        Stream<String> clientWindows = Stream.of("=0", "=7", "=16", "=abc", "=08", "=015", "=-8", "=\"7\"");
        Stream<String> smallerWindows = Stream.of("=8", "=9", "=10", "=14", "=\"8\"");
        Stream<String> others = Stream.of(
                "x",
                "unknown=1",
                "server_max_window",
                SERVER_CONTEXT + "=1",
                SERVER_CONTEXT + "=true",
                CLIENT_CONTEXT + "=1",
                CLIENT_CONTEXT + "=\"x\"",
                SERVER_CONTEXT + "; " + SERVER_CONTEXT,
                CLIENT_CONTEXT + "; " + CLIENT_CONTEXT,
                CLIENT_WINDOW + "; " + CLIENT_WINDOW,
                CLIENT_WINDOW + "=15; " + CLIENT_WINDOW + "=15",
                SERVER_WINDOW + "=15; " + SERVER_WINDOW + "=15",
                CLIENT_WINDOW + "; x");
        return Stream.of(
                        Stream.concat(serverWindows, smallerWindows).map(value -> SERVER_WINDOW + value),
                        clientWindows.map(value -> CLIENT_WINDOW + value),
                        others)
                .flatMap(parameters -> parameters)
                .map(parameters -> DEFLATE + "; " + parameters);
    }

    @ParameterizedTest(name = "\"{0}\" is declined")
    @MethodSource("declined")
    void anOfferThatCannotBeAcceptedIsDeclined(String offer) {
        assertThat(agreed(offer)).isEmpty();
    }

    @ParameterizedTest(name = "after \"{0}\" the next offer is accepted")
    @MethodSource("declined")
    void theNextOfferInTheListIsAccepted(String offer) {
        mustAgree(offer + ", " + DEFLATE);
    }

    static Stream<String> lists() {
        return Stream.of(
                DEFLATE + ", " + DEFLATE,
                DEFLATE + ", " + DEFLATE + "; " + CLIENT_WINDOW,
                DEFLATE + ", " + DEFLATE + "; " + SERVER_WINDOW + "=15",
                "x-unknown, " + DEFLATE,
                "x-unknown; x=\"a, " + DEFLATE + "; b\", " + DEFLATE,
                DEFLATE + ", x-unknown; " + DEFLATE,
                "x-webkit-deflate-frame, " + DEFLATE + "; " + SERVER_WINDOW + "=8, " + DEFLATE,
                DEFLATE + "; " + SERVER_WINDOW + "=10, " + DEFLATE + "; x, " + DEFLATE + ", " + DEFLATE);
    }

    @ParameterizedTest(name = "of \"{0}\" one is accepted: the first one that can be")
    @MethodSource("lists")
    void ofSeveralOffersTheFirstAcceptableOneWins(String offers) {
        mustAgree(offers);
    }

    @Test
    void offersMayBeInSeveralHeaders() {
        mustAgree("x-unknown", DEFLATE + "; " + SERVER_WINDOW + "=8", DEFLATE);
    }

    @Test
    void anOfferWithinAQuotedValueIsNone() {
        assertThat(agreed("x-unknown; x=\"a, " + DEFLATE + ", b\"")).isEmpty();
    }

    /** RFC 6455 9.1 lets the handshake fail; to go on without the extension does no harm either. */
    @ParameterizedTest(name = "\"{0}\" is malformed and not agreed on")
    @ValueSource(
            strings = {
                DEFLATE + ";;",
                DEFLATE + "; client_max_window_bits=",
                DEFLATE + "; client_max_window_bits=\"15",
                DEFLATE + "; =15",
                DEFLATE + " client_no_context_takeover",
            })
    void aMalformedOfferIsNotAgreedOn(String offer) {
        RawAnswer answer = echo.answer(echo.request().with(RawAnswer.EXTENSIONS, offer));

        assertThat(answer.status()).isIn(101, 400);
        answer.mustNotHave(RawAnswer.EXTENSIONS);
    }
}
