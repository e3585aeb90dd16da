package platform.core.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstanceIdTest {

    @ParameterizedTest
    @ValueSource(strings = {"acme@example.com", "a@b", "a.b_c-d@xn--bcher-kva.example", "7@7"})
    void readsWhatItPrints(String text) {
        assertThat(InstanceId.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@example.com",
                "Acme@example.com",
                "ac me@example.com",
                "a/b@example.com",
                "a'b@example.com",
                "a\"b@example.com",
                "a;b@example.com",
                "bücher@example.com",
                "..@example.com",
                "-a@example.com",
                "a-@example.com"
            })
    void refusesANameThatDoesNotHaveTheForm(String text) {
        assertThatThrownBy(() -> InstanceId.parse(text))
                .isInstanceOfSatisfying(
                        PlatformException.class, e -> assertThat(e.kind()).isEqualTo(PlatformException.Kind.INVALID))
                .hasMessageContaining("Use 1 to 63 lower-case letters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a@", "a@Example.com", "a@b..c", "a@-b", "a@b_c", "a@b@c", "a@b/c", "a@.."})
    void refusesADomainThatIsNoDnsName(String text) {
        assertThatThrownBy(() -> InstanceId.parse(text)).hasMessageContaining("Use a DNS name in lower case");
    }

    @Test
    void refusesATextWithoutAt() {
        assertThatThrownBy(() -> InstanceId.parse("acme")).hasMessageContaining("Use name@domain");
    }

    @Test
    void refusesNamesAndDomainsThatAreTooLong() {
        assertThatThrownBy(() -> new InstanceId("a".repeat(200), "example.com")).hasMessageContaining("1 to 63");
        assertThatThrownBy(() -> new InstanceId("a", "a.".repeat(150) + "b")).hasMessageContaining("253");
    }

    @Test
    void makesControlCharactersVisibleInItsMessages() {
        assertThatThrownBy(() -> InstanceId.parse("a\nb@example.com"))
                .hasMessageContaining("'a\uFFFDb'")
                .hasMessageNotContaining("\n");
    }

    @Test
    void sortsByDomainFirst() {
        assertThat(InstanceId.parse("z@a.com")).isLessThan(InstanceId.parse("a@b.com"));
    }
}
