package platform.core.rest;

import jakarta.ws.rs.HttpMethod;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** What is common to all operations. */
final class Operations {

    /** The path's parameter that names an instance: by it the scope of the caller is checked. */
    static final String INSTANCE = "instance";

    private static final Set<String> HARMLESS = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
    private static final Pattern HUMP = Pattern.compile("(?<=[a-z])(?=[A-Z])");

    private Operations() {}

    static boolean isHarmless(String method) {
        return HARMLESS.contains(method);
    }

    /** As the audit calls it, like the shell's command: {@code instance:start} is {@code InstanceResource.start}. */
    static String name(Method method) {
        String area = method.getDeclaringClass().getSimpleName().replace("Resource", "");
        return dashed(area) + ":" + dashed(method.getName());
    }

    /** Whether it is an operation that the API's document calls so. */
    static boolean isNamed(Method method, String operationId) {
        Operation operation = method.getAnnotation(Operation.class);
        return operation != null && operation.operationId().equals(operationId);
    }

    /** Whether it takes JSON: the only parameter without an annotation. */
    static boolean takesBody(Method method) {
        return Stream.of(method.getParameters()).anyMatch(it -> it.getAnnotations().length == 0);
    }

    /** Whether it takes a file, which it reads itself. */
    static boolean takesFile(Method method) {
        return method != null && Stream.of(method.getParameterTypes()).anyMatch(InputStream.class::equals);
    }

    private static String dashed(String name) {
        return HUMP.matcher(name).replaceAll("-").toLowerCase(Locale.ROOT);
    }
}
