package platform.core.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdminPasswordTest {

    @TempDir
    Path temp;

    private DataFolder data;

    @BeforeEach
    void open() {
        data = DataFolder.open(temp);
    }

    @Test
    void theFirstStartMakesARandomPasswordAndKeepsOnlyItsHash() throws Exception {
        String made = AdminPassword.ensure(data, null).made().orElseThrow();
        assertThat(made).matches("[A-Za-z0-9]{20}");
        assertThat(file()).doesNotContain(made);
        assertThat(verifies(made)).isTrue();
        assertThat(verifies(made + "x")).isFalse();
    }

    @Test
    void onlyTheOwnerReadsTheFile() throws IOException {
        AdminPassword.ensure(data, "");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.path("secrets/admin"))))
                .isEqualTo("rw-------");
    }

    @Test
    void aChosenPasswordIsTakenAndNotShown() throws Exception {
        assertThat(AdminPassword.ensure(data, "pässword 1").made()).isEmpty();
        assertThat(verifies("pässword 1")).isTrue();
    }

    @Test
    void aPasswordThatWasShownStays() throws IOException {
        AdminPassword.ensure(data, null).shown();
        String kept = file();
        assertThat(AdminPassword.ensure(data, null).made()).isEmpty();
        assertThat(AdminPassword.ensure(data, "another").made()).isEmpty();
        assertThat(file()).isEqualTo(kept);
    }

    @Test
    void aPasswordThatNobodySawIsMadeAnew() throws Exception {
        String unseen = AdminPassword.ensure(data, null).made().orElseThrow();
        String second = AdminPassword.ensure(data, null).made().orElseThrow();
        assertThat(second).isNotEqualTo(unseen);
        assertThat(verifies(second)).isTrue();
    }

    @Test
    void theSaltIsNeverTheSame() throws IOException {
        AdminPassword.ensure(data, "same");
        String first = file();
        Files.delete(data.path("secrets/admin"));
        AdminPassword.ensure(data, "same");
        assertThat(file()).isNotEqualTo(first);
    }

    private String file() throws IOException {
        return Files.readString(data.path("secrets/admin")).strip();
    }

    /** As the other side does it: from the file alone. */
    private boolean verifies(String password) throws IOException, GeneralSecurityException {
        String[] parts = file().split(":");
        assertThat(parts).hasSize(5);
        assertThat(parts[0] + ":" + parts[1] + ":" + parts[2]).isEqualTo("admin:pbkdf2-sha512:210000");
        byte[] salt = Base64.getDecoder().decode(parts[3]);
        byte[] hash = Base64.getDecoder().decode(parts[4]);
        assertThat(salt).hasSize(16);
        assertThat(hash).hasSize(64);
        PBEKeySpec spec =
                new PBEKeySpec(password.toCharArray(), salt, Integer.parseInt(parts[2]), hash.length * Byte.SIZE);
        byte[] actual = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512")
                .generateSecret(spec)
                .getEncoded();
        return Arrays.equals(hash, actual);
    }
}
