package platform.core.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessScopeTest {

    private static final InstanceId ACME = InstanceId.parse("acme@example.com");
    private static final InstanceId BETA = InstanceId.parse("beta@example.org");

    @Test
    void everythingHasNoBounds() {
        assertThat(AccessScope.parse("everything")).isEqualTo(AccessScope.EVERYTHING);
        assertThat(AccessScope.EVERYTHING.includes(ACME)).isTrue();
    }

    @Test
    void includesTheInstancesOfItsDomainsAndThoseThatItNames() {
        AccessScope scope = AccessScope.parse("*@example.com,beta@example.org");

        assertThat(scope.includes(ACME)).isTrue();
        assertThat(scope.includes(BETA)).isTrue();
        assertThat(scope.includes(InstanceId.parse("other@example.org"))).isFalse();
        assertThat(scope.includes(InstanceId.parse("acme@sub.example.com"))).isFalse();
        assertThat(scope).hasToString("*@example.com,beta@example.org");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ",", "*", "*@", "*@*", "example.com", "everything,*@example.com", "*@Example.com", "a@b,"})
    void refusesWhatIsNoScope(String text) {
        assertThatThrownBy(() -> AccessScope.parse(text))
                .isInstanceOf(PlatformException.class)
                .hasMessageContaining("Use");
    }

    @Test
    void aDomainAloneIsToldHowItIsWritten() {
        assertThatThrownBy(() -> AccessScope.parse("example.com"))
                .hasMessageStartingWith("The scope 'example.com' has no '@'. Use *@example.com for a domain");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "everything | *@a.de | true",
                "*@a.de | everything | false",
                "*@a.de,*@b.de | *@a.de,x@b.de | true",
                "*@a.de | x@b.de | false",
                "x@a.de | *@a.de | false",
                "x@a.de | x@a.de | true"
            })
    void knowsWhatIsWithinIt(String scope, String other, boolean within) {
        assertThat(AccessScope.parse(scope).includes(AccessScope.parse(other))).isEqualTo(within);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "everything | *@a.de | *@a.de",
                "*@a.de,x@b.de | *@a.de,*@b.de | *@a.de,x@b.de",
                "*@a.de | x@a.de,y@b.de | x@a.de",
            })
    void whatIsInTwoIsInBoth(String one, String other, String both) {
        assertThat(AccessScope.parse(one).and(AccessScope.parse(other))).hasToString(both);
        assertThat(AccessScope.parse(other).and(AccessScope.parse(one))).hasToString(both);
    }

    @Test
    void whatHasNothingInCommonIncludesNothing() {
        AccessScope nothing = AccessScope.parse("*@a.de").and(AccessScope.parse("*@b.de"));

        assertThat(nothing.everything()).isFalse();
        assertThat(nothing.includes(ACME)).isFalse();
    }

    @Test
    void aRoleIncludesThoseBeforeIt() {
        assertThat(Role.ADMINISTRATOR.includes(Role.VIEWER)).isTrue();
        assertThat(Role.VIEWER.includes(Role.OPERATOR)).isFalse();
        assertThat(Role.parse("operator")).isEqualTo(Role.OPERATOR);
        assertThatThrownBy(() -> Role.parse("root")).hasMessageContaining("viewer, operator, administrator");
    }
}
