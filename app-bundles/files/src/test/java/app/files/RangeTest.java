package app.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Range header (RFC 9110, section 14). */
final class RangeTest {

    @Test
    void rangesAreCutToTheFile() {
        assertThat(Range.parse("bytes=0-0", 10)).containsExactly(new Range(0, 0));
        assertThat(Range.parse("Bytes = 8-99", 10)).containsExactly(new Range(8, 9));
        assertThat(Range.parse("bytes=5-", 10)).containsExactly(new Range(5, 9));
        assertThat(Range.parse("bytes=-99", 10)).containsExactly(new Range(0, 9));
        assertThat(Range.parse("bytes=1-2, 99-, 4-5", 10)).containsExactly(new Range(1, 2), new Range(4, 5));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lines=1-2",
                "bytes=",
                "bytes=-",
                "bytes=a-b",
                "bytes=5-2",
                "bytes=20-15",
                "bytes=0-9,0-9",
                "bytes=1-2,",
                "bytes=1-99999999999999999999"
            })
    void whatIsMalformedOrExcessiveIsIgnored(String header) {
        assertThat(Range.parse(header, 10)).isEmpty();
        assertThat(Range.parse("bytes=" + "0-0,".repeat(64) + "0-0", 1000)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=10-", "bytes=10-20,30-", "bytes=-0"})
    void whatTheFileHasNotIsRefused(String header) {
        assertThatThrownBy(() -> Range.parse(header, 10)).isInstanceOf(DavException.class);
    }
}
