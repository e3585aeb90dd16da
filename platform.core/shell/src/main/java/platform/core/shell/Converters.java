package platform.core.shell;

import java.time.Duration;
import java.util.function.Function;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;
import platform.core.api.AlarmSeverity;
import platform.core.api.ByteSize;
import platform.core.api.Isolation;
import platform.core.api.PlatformException;
import platform.core.api.ProcessLimits;
import platform.core.api.TimeSpan;

/** Read arguments as the api has them written, so that picocli says to which one a problem belongs. */
final class Converters {

    private Converters() {}

    private static <T> T read(Function<String, T> parser, String value) {
        try {
            return parser.apply(value);
        } catch (PlatformException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }

    /** {@code 5M}. */
    static final class Bytes implements ITypeConverter<Long> {

        @Override
        public Long convert(String value) {
            return read(ByteSize::parse, value);
        }
    }

    /** {@code 30d}. */
    static final class Time implements ITypeConverter<Duration> {

        @Override
        public Duration convert(String value) {
            return read(TimeSpan::parse, value);
        }
    }

    /** {@code 30d}, or {@code none}, which is zero. */
    static final class TimeOrNone implements ITypeConverter<Duration> {

        @Override
        public Duration convert(String value) {
            return value.equals("none") ? Duration.ZERO : read(TimeSpan::parse, value);
        }
    }

    /** {@code major}. */
    static final class Severity implements ITypeConverter<AlarmSeverity> {

        @Override
        public AlarmSeverity convert(String value) {
            return read(AlarmSeverity::parse, value);
        }
    }

    /** {@code process}. */
    static final class Place implements ITypeConverter<Isolation> {

        @Override
        public Isolation convert(String value) {
            return read(Isolation::parse, value);
        }
    }

    /** {@code 256M}. */
    static final class Heap implements ITypeConverter<Integer> {

        @Override
        public Integer convert(String value) {
            return read(ProcessLimits::heap, value);
        }
    }

    /** {@code 512M}, or {@code none}. */
    static final class Memory implements ITypeConverter<Integer> {

        @Override
        public Integer convert(String value) {
            return read(ProcessLimits::memory, value);
        }
    }

    /** {@code 50%}, or {@code none}. */
    static final class Cpu implements ITypeConverter<Integer> {

        @Override
        public Integer convert(String value) {
            return read(ProcessLimits::cpu, value);
        }
    }
}
