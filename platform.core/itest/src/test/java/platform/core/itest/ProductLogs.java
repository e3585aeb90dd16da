package platform.core.itest;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/** Says what a product logged when a test fails that has one of its own. */
final class ProductLogs implements TestExecutionExceptionHandler, LifecycleMethodExecutionExceptionHandler {

    private final Product product;

    ProductLogs(Product product) {
        this.product = product;
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        throw explained(failure);
    }

    @Override
    public void handleBeforeAllMethodExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        throw explained(failure);
    }

    @Override
    public void handleAfterEachMethodExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        throw explained(failure);
    }

    private Throwable explained(Throwable failure) {
        failure.addSuppressed(new AssertionError("What the product has said:\n" + product.logs()));
        return failure;
    }
}
