package platform.core.appsocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ChallengesTest {

    private final MutableClock clock = new MutableClock();
    private final Challenges challenges = new Challenges(clock);

    @Test
    void noneIsLikeAnother() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            String challenge = challenges.issue();
            assertThat(challenge).matches("[!-~]{16}");
            seen.add(challenge);
        }
        assertThat(seen).hasSize(10_000);
    }

    @Test
    void eachIsGoodOnce() {
        String challenge = challenges.issue();

        assertThat(challenges.take(challenge)).isTrue();
        assertThat(challenges.take(challenge)).isFalse();
        assertThat(challenges.take("0123456789abcdef")).isFalse();
        assertThat(challenges.take("")).isFalse();
    }

    @Test
    void eachIsGoodForThirtySeconds() {
        String early = challenges.issue();
        String late = challenges.issue();
        clock.advance(Duration.ofSeconds(30).minusMillis(1));
        assertThat(challenges.take(early)).isTrue();
        clock.advance(Duration.ofMillis(1));
        assertThat(challenges.take(late)).isFalse();
    }

    @Test
    void theOldestIsForgottenWhenThereAreTooMany() {
        String oldest = challenges.issue();
        String second = challenges.issue();
        for (int i = 1; i < BoundedMap.ENTRIES; i++) {
            challenges.issue();
        }

        assertThat(challenges.take(oldest)).isFalse();
        assertThat(challenges.take(second)).isTrue();
    }
}
