package platform.core.shell;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import platform.core.api.Role;

/**
 * What a caller needs to run a command; without it nobody can. Who has a scope can run it for what its arguments name, when all
 * of it is within the scope: parameters labelled INSTANCE or ALARM.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface Needs {

    Role value();

    /**
     * The options, and the labels of parameters, for which it takes an administrator: they reach beyond the instance that is
     * named, or the caller himself, or change what the command otherwise shows.
     */
    String[] administratorFor() default {};

    /** The same, for which it takes an operator: they change what the command otherwise shows. */
    String[] operatorFor() default {};

    /** Whether it also runs without naming anything, since it shows only what is within the caller's scope. */
    boolean filtered() default false;

    /** Whether it is noted although a viewer may run it, since it changes something. */
    boolean audited() default false;
}
