package platform.core.itest;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import javax.sql.DataSource;
import org.osgi.service.component.annotations.Component;
import platform.core.api.AppContext;
import platform.core.api.AppInstance;
import platform.core.api.AppService;

/** An app that ends the process that it runs in, or makes it useless: only for a process of its own. */
@Component
public final class DoomedApp implements AppService {

    static final int STATUS = 42;

    public DoomedApp() {}

    @Override
    public AppInstance start(AppContext context) {
        context.web().servlet("/where", new Page(() -> context.isolation().word()));
        context.web().servlet("/exit", new Page(DoomedApp::exit));
        context.web().servlet("/memory", new Page(DoomedApp::fill));
        context.web().servlet("/output", new Page(DoomedApp::closeOutput));
        context.web().servlet("/deadlock", new Page(DoomedApp::lockUp));
        context.web().servlet("/loop", new Page(DoomedApp::spin));
        context.web().servlet("/database", new Page(() -> database(context.dataSource())));
        return new AppInstance() {};
    }

    private static String exit() {
        System.exit(STATUS);
        return "never";
    }

    private static String fill() {
        List<byte[]> all = new ArrayList<>();
        while (true) {
            all.add(new byte[1 << 20]);
        }
    }

    private static String closeOutput() throws IOException {
        new FileOutputStream(FileDescriptor.out).close();
        return "closed";
    }

    private static String spin() {
        while (true) {
            Thread.onSpinWait();
        }
    }

    private static String lockUp() {
        Object first = new Object();
        Object second = new Object();
        CyclicBarrier bothHold = new CyclicBarrier(2);
        new Thread(() -> holdAndTake(first, second, bothHold), "doomed 1").start();
        new Thread(() -> holdAndTake(second, first, bothHold), "doomed 2").start();
        return "locked up";
    }

    private static void holdAndTake(Object held, Object taken, CyclicBarrier bothHold) {
        synchronized (held) {
            try {
                bothHold.await();
            } catch (InterruptedException | BrokenBarrierException e) {
                throw new IllegalStateException(e);
            }
            synchronized (taken) {
                throw new IllegalStateException("No deadlock came about.");
            }
        }
    }

    private static String database(DataSource source) throws SQLException {
        try (Connection connection = source.getConnection()) {
            return connection.getMetaData().getUserName();
        }
    }

    /** What a page does. */
    private interface Deed {
        String done() throws IOException, SQLException;
    }

    private static final class Page extends HttpServlet {
        private static final long serialVersionUID = 1L;

        private final transient Deed deed;

        Page(Deed deed) {
            this.deed = deed;
        }

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            try {
                response.getWriter().write(deed.done());
            } catch (SQLException e) {
                throw new IOException(e);
            }
        }
    }
}
