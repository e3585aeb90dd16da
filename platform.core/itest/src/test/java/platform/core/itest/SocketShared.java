package platform.core.itest;

import java.time.Duration;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives each class that asks for it the one instance of hello on whose socket they all try, in the shared product. */
final class SocketShared implements BeforeAllCallback, ParameterResolver {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(SocketShared.class);

    /** Another class may have restarted the app. */
    @Override
    public void beforeAll(ExtensionContext context) {
        ProductInstance hello = hello(context);
        ProductWait.until("hello serves", SOON, () -> hello.status("/") == 200);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == SocketEcho.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return new SocketEcho(hello(context).uri("/echo"));
    }

    /** Goes with the product's data. */
    private static ProductInstance hello(ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(
                        ProductInstance.class, key -> create(ProductShared.product(context)), ProductInstance.class);
    }

    private static ProductInstance create(Product product) {
        product.dropSample("hello");
        return ProductInstance.create(product, "socket@example.com", "hello");
    }
}
