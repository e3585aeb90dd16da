package platform.core.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import platform.core.api.AccessScope;
import platform.core.api.PlatformException;
import platform.core.api.Role;

/** What values of a claim make of somebody. */
class RoleMappingTest {

    @Test
    void aValueGivesARoleAndAScope() {
        assertThat(RoleMapping.parse(" admins=administrator ; CN=team,DC=x = operator  *@a.example,b@c.example;"))
                .containsExactly(
                        new RoleMapping("admins", Role.ADMINISTRATOR, AccessScope.EVERYTHING),
                        new RoleMapping("CN=team,DC=x", Role.OPERATOR, AccessScope.parse("*@a.example,b@c.example")));
    }

    @Test
    void withoutAMappingNobodyHasARole() {
        assertThat(RoleMapping.first(RoleMapping.parse(""), List.of("", "admins")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "admins",
                "=viewer",
                "x=",
                "x=root",
                "x=viewer a b",
                "x=viewer no-scope",
                "x=administrator *@a.example"
            })
    void whatIsNotUnderstoodIsRefused(String text) {
        assertThatThrownBy(() -> RoleMapping.parse(text)).isInstanceOf(PlatformException.class);
    }
}
