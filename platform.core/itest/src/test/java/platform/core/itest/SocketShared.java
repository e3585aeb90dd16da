package platform.core.itest;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/**
 * Gives each class that asks for it the one instance of hello on whose socket they all try, in a product that nobody else
 * uses; says what it logged when a test fails. Both stay until the last class of this JVM: Surefire runs each class by
 * itself, and the root context ends with it.
 */
final class SocketShared implements BeforeAllCallback, ParameterResolver, TestExecutionExceptionHandler {

    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(SocketShared.class);

    @Override
    public void beforeAll(ExtensionContext context) {
        hello(context);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == SocketEcho.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return new SocketEcho(hello(context).uri("/echo"));
    }

    private static ProductInstance hello(ExtensionContext context) {
        return store(context)
                .getOrComputeIfAbsent(
                        ProductInstance.class, key -> create(product(context).start()), ProductInstance.class);
    }

    private static ProductInstance create(Product product) {
        product.dropSample("hello");
        return ProductInstance.create(product, "socket@example.com", "hello");
    }

    private static Product product(ExtensionContext context) {
        return store(context).getOrComputeIfAbsent(Product.class, key -> Product.of(Product.built()), Product.class);
    }

    private static ExtensionContext.Store store(ExtensionContext context) {
        return context.getStore(StoreScope.LAUNCHER_SESSION, NAMESPACE);
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        failure.addSuppressed(new AssertionError(
                "What the product has said:\n" + product(context).logs()));
        throw failure;
    }
}
