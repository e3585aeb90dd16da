package platform.core.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

/** How rows are laid out. */
class TableTest {

    @Test
    void theWidestColumnsGiveWay() {
        assertThat(Table.fit(new int[] {10, 40, 20}, 54, Set.of())).containsExactly(10, 20, 20);
        assertThat(Table.fit(new int[] {10, 40, 20}, 74, Set.of())).containsExactly(10, 40, 20);
    }

    @Test
    void aWindowTooNarrowForAnythingStillShowsTheBeginnings() {
        assertThat(Table.fit(new int[] {10, 40}, 5, Set.of())).containsExactly(6, 6);
    }

    @Test
    void aWindowOfUnknownWidthCutsNothing() {
        assertThat(Table.fit(new int[] {10, 400}, 0, Set.of())).containsExactly(10, 400);
    }

    @Test
    void whatIsTypedAgainIsNeverCut() {
        assertThat(Table.fit(new int[] {20, 40, 20}, 60, Set.of(1))).containsExactly(8, 40, 8);
        assertThat(Table.fit(new int[] {20, 40, 20}, 30, Set.of(1))).containsExactly(6, 40, 6);
    }

    @Test
    void wideCharactersCountTwice() {
        assertThat(new Table("A", "B").row("日本", "x").row("abcd", "y").text()).isEqualTo("A     B\n日本  x\nabcd  y");
    }

    @Test
    void whatACellHoldsCannotSteerTheTerminal() {
        assertThat(new Table("A").row("a\u001b[2Jb\nc\u009bd").text()).isEqualTo("A\na\uFFFD[2Jb c\uFFFDd");
    }
}
