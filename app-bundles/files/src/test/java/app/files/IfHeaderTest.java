package app.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.files.IfHeader.Condition;
import app.files.IfHeader.ConditionList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The form of the If header (RFC 4918 10.4). */
final class IfHeaderTest {

    @Test
    void untaggedListsAreAboutTheRequestsResource() {
        IfHeader header = IfHeader.parse("(<urn:a> [\"I am ]\"]) (Not <urn:b>[W/\"x\"])");
        assertThat(header.lists())
                .containsExactly(
                        new ConditionList(
                                "",
                                List.of(
                                        new Condition(false, false, "urn:a"),
                                        new Condition(false, true, "\"I am ]\""))),
                        new ConditionList(
                                "",
                                List.of(new Condition(true, false, "urn:b"), new Condition(false, true, "W/\"x\""))));
        assertThat(header.tokens()).containsExactlyInAnyOrder("urn:a", "urn:b");
    }

    @Test
    void aTagHoldsUntilTheNext() {
        IfHeader header = IfHeader.parse("</one> (<urn:a>) (<urn:b>)\t<http://host/two>([\"e\"])");
        assertThat(header.lists().stream().map(ConditionList::tag)).containsExactly("/one", "/one", "http://host/two");
    }

    @Test
    void noHeaderHasNoLists() {
        assertThat(IfHeader.parse("").lists()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " ",
                "()",
                "(<urn:a>",
                "(<urn:a)",
                "<urn:a>",
                "(<>)",
                "([\"e)",
                "([e])",
                "</one> </two> (<urn:a>)",
                "(<urn:a>) </one> (<urn:a>)",
                "(<urn:a>) x",
                "(Not)",
                "(\"e\")",
                "("
            })
    void whatIsMalformedIsRefused(String header) {
        assertThatThrownBy(() -> IfHeader.parse(header))
                .isInstanceOf(DavException.class)
                .hasMessageContaining("RFC 4918");
    }
}
