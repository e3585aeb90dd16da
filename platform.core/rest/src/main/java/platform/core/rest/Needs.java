package platform.core.rest;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import platform.core.api.Role;

/**
 * What a caller needs for an operation; without it nobody can call it. Who has a scope can call it for the instance that the path
 * names, when that is within the scope.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface Needs {

    Role value();

    /** The properties of the body for which it takes an administrator: they reach beyond the instance. */
    String[] administratorFor() default {};

    /** Whether it also can be called without naming an instance, since it shows only what the caller may see. */
    boolean filtered() default false;
}
