package platform.tracing.logback;

import java.lang.annotation.Annotation;

/** A configuration as Declarative Services would hand it over. */
record FakeConfig(String level, String[] loggers, String fileSize, int files) implements TracingConfig {

    static FakeConfig defaults() {
        return new FakeConfig("INFO", new String[] {"org.eclipse.jetty=WARN"}, "5MB", 5);
    }

    @Override
    public Class<? extends Annotation> annotationType() {
        return TracingConfig.class;
    }
}
