package platform.webserver.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.io.EofException;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import platform.webserver.api.PathAliases;
import platform.webserver.api.PathSpec;

/** What becomes of an app's servlet that throws. */
class AppServletTest {

    private final List<Error> told = new ArrayList<>();
    private final PathSpec spec = new PathSpec(
            "/example.com/acme", "acme@example.com", "testapp", Runnable::run, PathAliases.NONE, told::add);
    private final List<Integer> errors = new ArrayList<>();
    private boolean committed;

    private void answer(Throwable thrown) throws Exception {
        AppServlet servlet = new AppServlet(spec, new Throwing(thrown));
        servlet.init(fake(ServletConfig.class));
        HttpServletResponse wrapped = new HttpServletResponseWrapper(response()) {
            @Override
            public void sendError(int status) {
                errors.add(status);
            }
        };
        servlet.service(request(), wrapped);
    }

    @Test
    void aFailureOfTheAppIsAnInternalError() throws Exception {
        answer(new IllegalStateException("detail"));

        assertThat(errors).containsExactly(500);
    }

    @Test
    void anErrorIsAnsweredAndTheOwnerIsTold() throws Exception {
        Error direct = new OutOfMemoryError("as asked");
        Error wrapped = new NoClassDefFoundError("as asked");

        answer(direct);
        answer(new ServletException(wrapped));
        answer(new IllegalStateException("no error"));

        assertThat(errors).containsExactly(500, 500, 500);
        assertThat(told).containsExactly(direct, wrapped);
    }

    @Test
    void aResponseThatHasBegunIsCutOffInsideAllWrappers() throws Exception {
        committed = true;

        answer(new IllegalStateException("detail"));

        assertThat(errors).containsExactly(-1);
    }

    @Test
    void aClientThatGoesAwayOrSendsNonsenseIsNoFailureOfTheApp() throws Exception {
        answer(new ServletException(new EofException("gone")));
        answer(new IOException(new TimeoutException("Idle timeout expired: 60000/60000 ms")));
        answer(new HttpException.RuntimeException(413, "too much"));

        assertThat(errors).containsExactly(400, 408, 413);
    }

    @Test
    void theThreadIsLeftAsItWas() throws Exception {
        ClassLoader before = Thread.currentThread().getContextClassLoader();

        answer(new IllegalStateException("detail"));

        assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
        assertThat(MDC.get("instance")).isNull();
        assertThat(MDC.get("app")).isNull();
    }

    @Test
    void aServletWhoseInitFailedIsNeverCalled() throws Exception {
        Throwing inner = new Throwing(new IllegalStateException("unused")) {
            private static final long serialVersionUID = 1L;

            @Override
            public void init() throws ServletException {
                throw new ServletException("no table");
            }
        };
        AppServlet servlet = new AppServlet(spec, inner);

        servlet.init(fake(ServletConfig.class));
        servlet.service(request(), response());
        servlet.destroy();

        assertThat(servlet.isInitialized()).isFalse();
        assertThat(servlet.failure()).hasMessage("no table");
        assertThat(errors).containsExactly(503);
        assertThat(inner.destroyed).isFalse();
    }

    private HttpServletRequest request() {
        return fake(HttpServletRequest.class);
    }

    private HttpServletResponse response() {
        return fake(HttpServletResponse.class);
    }

    /** Knows whether the response is committed and writes errors down; else answers null. */
    private <T> T fake(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(
                AppServletTest.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
                    if (method.getName().equals("sendError")) {
                        errors.add((Integer) args[0]);
                    }
                    return method.getName().equals("isCommitted") ? committed : null;
                }));
    }

    /** Throws what it is told to. */
    private static class Throwing extends HttpServlet {
        private static final long serialVersionUID = 1L;
        private final transient Throwable thrown;
        private boolean destroyed;

        Throwing(Throwable thrown) {
            this.thrown = thrown;
        }

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response)
                throws ServletException, IOException {
            if (thrown instanceof ServletException servlet) {
                throw servlet;
            }
            if (thrown instanceof IOException io) {
                throw io;
            }
            if (thrown instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) thrown;
        }

        @Override
        public void destroy() {
            destroyed = true;
        }
    }
}
