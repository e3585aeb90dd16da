package platform.core.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TurnsTest {

    @Test
    void eachTurnIsComparedWithTheOneBesideIt() {
        Turns turns = new Turns(
                List.of(new Cost(10, 8), new Cost(40, 10), new Cost(20, 9)),
                List.of(new Cost(6, 8), new Cost(28, 5), new Cost(10, 18)));

        assertThat(turns.ratio(Cost::seconds)).isEqualTo(0.6);
        assertThat(turns.ratio(Cost::cpu)).isEqualTo(1);
        assertThat(Cost.median(turns.ours(), Cost::seconds)).isEqualTo(10);
    }
}
