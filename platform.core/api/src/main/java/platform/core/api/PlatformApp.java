package platform.core.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.annotation.bundle.Attribute;
import org.osgi.annotation.bundle.Capability;

/**
 * Put on a class or package, makes bnd write the capability by which the manager recognises an app's bundle:
 * {@code Provide-Capability: platform.app;platform.app=<name>;title=<title>}.
 */
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.PACKAGE})
@Capability(namespace = PlatformApp.NAMESPACE)
public @interface PlatformApp {

    /** The namespace of the capability. */
    String NAMESPACE = "platform.app";

    /** The service's name on this platform: lower-case letters, digits and hyphens, beginning with a letter. */
    @Attribute(NAMESPACE)
    String name();

    /** The name that people see. */
    @Attribute("title")
    String title();
}
