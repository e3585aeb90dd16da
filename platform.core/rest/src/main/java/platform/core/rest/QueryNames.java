package platform.core.rest;

import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.QueryParam;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Refuses a query parameter that an operation does not have: a misspelt {@code dry-run} must not delete anything. */
final class QueryNames {

    private QueryNames() {}

    static void check(Method method, Set<String> given) {
        Set<String> known = method == null ? Set.of() : of(method);
        given.stream().filter(it -> !known.contains(it)).findFirst().ifPresent(it -> {
            throw ProblemException.invalid("There is no query parameter '" + it + "' here. Use " + known + ".");
        });
    }

    private static Set<String> of(Method method) {
        Set<String> names = new TreeSet<>();
        for (Parameter parameter : method.getParameters()) {
            Stream<? extends AnnotatedElement> places = parameter.isAnnotationPresent(BeanParam.class)
                    ? Stream.of(parameter.getType().getDeclaredFields())
                    : Stream.of(parameter);
            places.filter(it -> it.isAnnotationPresent(QueryParam.class))
                    .forEach(it -> names.add(it.getAnnotation(QueryParam.class).value()));
        }
        return names;
    }
}
