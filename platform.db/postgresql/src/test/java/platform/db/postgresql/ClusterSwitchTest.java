package platform.db.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import platform.db.api.DatabaseException;

/** One data folder takes the place of another, whatever happens in between. */
class ClusterSwitchTest {

    private static final LocalDate UNTIL = LocalDate.parse("2026-12-04");
    private static final String KEPT = "data-15-until-2026-12-04";

    @TempDir
    private Path data;

    private PostgresFolders folders;

    @BeforeEach
    void makeFolders() throws IOException {
        folders = PostgresFolders.in(data);
        write(folders.cluster().resolve("PG_VERSION"), "15");
        write(folders.home().resolve("upgrade/data/PG_VERSION"), "18");
        write(folders.secret(), "secret of 15");
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private ClusterSwitch at(String day) {
        return new ClusterSwitch(folders, Clock.fixed(Instant.parse(day + "T12:00:00Z"), ZoneOffset.UTC));
    }

    private String version(String folder) throws IOException {
        return Files.readString(folders.home().resolve(folder).resolve("PG_VERSION"));
    }

    @Test
    void theNewFolderTakesThePlaceAndTheFormerIsKept() throws Exception {
        assertThat(at("2026-11-27").forward("15")).isEqualTo(UNTIL);

        assertThat(version("data")).isEqualTo("18");
        assertThat(version(KEPT)).isEqualTo("15");
        assertThat(at("2026-11-27").kept())
                .extracting(ClusterSwitch.Kept::until)
                .containsExactly(UNTIL);
        assertThat(folders.home().resolve("switch")).doesNotExist();
    }

    /** After none, one or both of the two renames, and with the journal still there. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void aSwitchThatWasCutOffIsCompletedByTheNextStart(int done) throws Exception {
        Path kept = folders.home().resolve(KEPT);
        Files.writeString(folders.home().resolve("switch"), "data\t" + KEPT + "\nupgrade/data\tdata\n");
        if (done > 0) {
            Files.move(folders.cluster(), kept);
        }
        if (done > 1) {
            Files.move(folders.home().resolve("upgrade/data"), folders.cluster());
        }

        at("2026-11-27").finish();

        assertThat(version("data")).isEqualTo("18");
        assertThat(version(KEPT)).isEqualTo("15");
        assertThat(folders.home().resolve("switch")).doesNotExist();
        assertThat(folders.home().resolve("upgrade")).doesNotExist();
    }

    @Test
    void whatDidNotComeToItsSwitchIsRemovedByTheNextStart() throws Exception {
        at("2026-11-27").finish();
        assertThat(version("data")).isEqualTo("15");
        assertThat(folders.home().resolve("upgrade")).doesNotExist();
    }

    /** After each of the four renames, the passwords' included. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void anUpgradeIsTakenBackByTheNextStartAlsoWhenThatIsCutOff(int done) throws Exception {
        at("2026-11-27").forward("15");
        Files.writeString(folders.secret(), "secret of 18");
        ClusterSwitch later = at("2026-11-30");
        later.backwardAtNextStart(later.kept().get(0), "18");
        List<String> moves = Files.readAllLines(folders.home().resolve("switch"));
        assertThat(moves).hasSize(4);
        for (String move : moves.subList(0, done)) {
            String[] paths = move.split("\t");
            Files.move(folders.home().resolve(paths[0]), folders.home().resolve(paths[1]));
        }

        at("2026-12-01").finish();

        assertThat(version("data")).isEqualTo("15");
        assertThat(version("data-18-until-2026-12-07")).isEqualTo("18");
        assertThat(Files.readString(folders.secret())).isEqualTo("secret of 15");
        assertThat(Files.readString(folders.secret().resolveSibling("postgresql-data-18-until-2026-12-07")))
                .isEqualTo("secret of 18");
    }

    @Test
    void nothingIsRenamedWhenAFolderIsMissing() throws Exception {
        at("2026-11-27").forward("15");
        ClusterSwitch later = at("2026-11-30");
        later.backwardAtNextStart(later.kept().get(0), "18");
        Folders.delete(folders.home().resolve(KEPT));

        assertThatThrownBy(later::finish)
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining(KEPT)
                .hasMessageContaining("put it back");
        assertThat(version("data")).isEqualTo("18");
    }

    @Test
    void theLastOfTwoUpgradesIsTheOneToTakeBack() throws Exception {
        at("2026-11-27").forward("15");
        write(folders.home().resolve("upgrade/data/PG_VERSION"), "19");
        at("2026-11-27").forward("18");
        assertThat(at("2026-11-27").kept())
                .extracting(ClusterSwitch.Kept::major)
                .containsExactly("18", "15");
    }

    @Test
    void aFormerFolderIsRemovedAfterAWeekWithItsPassword() throws Exception {
        at("2026-11-27").forward("15");
        at("2026-12-04").sweep();
        assertThat(folders.home().resolve(KEPT)).exists();
        at("2026-12-05").sweep();
        assertThat(folders.home().resolve(KEPT)).doesNotExist();
        assertThat(folders.secret().resolveSibling("postgresql-" + KEPT)).doesNotExist();
        assertThat(folders.secret()).exists();
    }
}
