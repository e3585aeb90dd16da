package platform.webserver.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeflateOfferTest {

    private static final String PLAIN = "permessage-deflate; server_no_context_takeover; client_no_context_takeover";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "permessage-deflate",
                " permessage-deflate ",
                "permessage-deflate; client_max_window_bits",
                "permessage-deflate;client_max_window_bits=8",
                "permessage-deflate; client_max_window_bits=\"15\"",
                "permessage-deflate ; client_max_window_bits",
                "permessage-deflate; server_no_context_takeover; client_no_context_takeover",
                "x-webkit-deflate-frame, permessage-deflate",
                "permessage-deflate; server_max_window_bits=10, permessage-deflate",
                "permessage-deflate; unknown, permessage-deflate; client_max_window_bits",
            })
    void isAccepted(String offer) {
        assertThat(DeflateOffer.answer(List.of(offer))).isEqualTo(PLAIN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",",
                ";",
                "permessage-bzip2",
                "PERMESSAGE-DEFLATE2",
                "permessage-deflate; server_max_window_bits",
                "permessage-deflate; server_max_window_bits=14",
                "permessage-deflate; server_max_window_bits=16",
                "permessage-deflate; client_max_window_bits=7",
                "permessage-deflate; client_max_window_bits=16",
                "permessage-deflate; client_max_window_bits=08",
                "permessage-deflate; client_max_window_bits=",
                "permessage-deflate; client_no_context_takeover=1",
                "permessage-deflate; server_no_context_takeover=",
                "permessage-deflate; client_max_window_bits; client_max_window_bits",
                "permessage-deflate; client_max_window_bits=9; client_max_window_bits=10",
                "permessage-deflate; server_no_context_takeover; server_no_context_takeover",
                "permessage-deflate; client_max_window_bits = 10",
                "permessage-deflate; mystery",
                "permessage-deflate; =",
            })
    void isDeclined(String offer) {
        assertThat(DeflateOffer.answer(List.of(offer))).isNull();
    }

    @Test
    void aFullWindowThatIsAskedForIsPromised() {
        assertThat(DeflateOffer.answer(List.of("permessage-deflate; server_max_window_bits=15")))
                .isEqualTo(PLAIN + "; server_max_window_bits=15");
    }

    @Test
    void ofSeveralHeadersTheFirstAcceptableOfferCounts() {
        assertThat(DeflateOffer.answer(
                        List.of("other", "permessage-deflate; server_max_window_bits=15", "permessage-deflate")))
                .endsWith("=15");
        assertThat(DeflateOffer.answer(List.of())).isNull();
    }
}
