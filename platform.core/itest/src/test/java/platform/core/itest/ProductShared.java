package platform.core.itest;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/** Gives each class that asks for it the one product that they all share, running; says what it logged when a test fails. */
final class ProductShared implements BeforeAllCallback, ParameterResolver, TestExecutionExceptionHandler {

    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(ProductShared.class);

    @Override
    public void beforeAll(ExtensionContext context) {
        Product product = product(context);
        if (!product.isRunning()) {
            product.start();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Product.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return product(context);
    }

    /** Ended by the root context: after the last class, or, where Surefire runs each by itself, after each. */
    private static Product product(ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(Product.class, key -> Product.of(Product.built()), Product.class);
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        failure.addSuppressed(new AssertionError(
                "What the product has said:\n" + product(context).logs()));
        throw failure;
    }
}
