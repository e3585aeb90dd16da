package platform.core.shell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How rows are laid out. */
class TableTest {

    @Test
    void theWidestColumnsGiveWay() {
        assertThat(Table.fit(new int[] {10, 40, 20}, 54)).containsExactly(10, 20, 20);
        assertThat(Table.fit(new int[] {10, 40, 20}, 74)).containsExactly(10, 40, 20);
    }

    @Test
    void aWindowTooNarrowForAnythingStillShowsTheBeginnings() {
        assertThat(Table.fit(new int[] {10, 40}, 5)).containsExactly(6, 6);
    }

    @Test
    void aWindowOfUnknownWidthCutsNothing() {
        assertThat(Table.fit(new int[] {10, 400}, 0)).containsExactly(10, 400);
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
