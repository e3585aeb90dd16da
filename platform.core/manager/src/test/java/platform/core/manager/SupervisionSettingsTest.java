package platform.core.manager;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SupervisionSettingsTest {

    /** The configuration with some values; a value that is an exception is thrown, as the framework does. */
    private static SupervisionConfig config(Map<String, Object> values) {
        return (SupervisionConfig) Proxy.newProxyInstance(
                SupervisionConfig.class.getClassLoader(),
                new Class<?>[] {SupervisionConfig.class},
                (self, method, arguments) -> {
                    Object value = values.getOrDefault(method.getName(), method.getDefaultValue());
                    if (value instanceof RuntimeException e) {
                        throw e;
                    }
                    return value;
                });
    }

    @Test
    void theDefaultsOfTheConfigurationAreThoseThatAreBuiltIn() {
        assertThat(SupervisionSettings.of(config(Map.of()))).isEqualTo(SupervisionSettings.DEFAULT);
    }

    @Test
    void takesOverWhatIsConfigured() {
        SupervisionSettings settings =
                SupervisionSettings.of(config(Map.of("quarantine_failures", 0, "restart_longest_pause", 60)));

        assertThat(settings.restart().crashLoop()).isZero();
        assertThat(settings.restart().longestPause()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void whatMakesNoSenseIsAsItWasBuiltIn() {
        SupervisionSettings settings = SupervisionSettings.of(
                config(Map.of("start_limit", -1, "health_period", new NumberFormatException("soon"))));

        assertThat(settings).isEqualTo(SupervisionSettings.DEFAULT);
    }
}
