package platform.core.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class StatisticsTest {

    @Test
    void theMedianIsTheMiddleOne() {
        assertThat(Statistics.median(List.of(9.0, 1.0, 5.0))).isEqualTo(5);
        assertThat(Statistics.median(List.of(4.0))).isEqualTo(4);
    }

    @Test
    void ofAnEvenNumberItIsTheMeanOfTheTwoInTheMiddle() {
        assertThat(Statistics.median(List.of(100.0, 1.0, 3.0, 4.0))).isEqualTo(3.5);
    }

    @Test
    void ofNothingThereIsNone() {
        assertThatThrownBy(() -> Statistics.median(List.of())).hasMessage("Nothing was measured.");
    }

    @Test
    void aPercentileIsOneOfTheValues() {
        List<Double> values = List.of(4.0, 1.0, 3.0, 2.0);

        assertThat(Statistics.percentile(values, 0.5)).isEqualTo(2);
        assertThat(Statistics.percentile(values, 0.95)).isEqualTo(4);
    }
}
