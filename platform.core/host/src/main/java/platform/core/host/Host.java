package platform.core.host;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.eclipse.lsp4j.jsonrpc.Launcher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.core.child.PlatformCalls;
import platform.core.instance.Workers;

/**
 * The process of one service. Standard input and output belong to the calls between it and the platform; what anybody prints goes
 * to the error output. It ends when its input does.
 */
public final class Host {

    private static final Logger LOG = LoggerFactory.getLogger(Host.class);

    private Host() {}

    public static void main(String[] args) throws InterruptedException {
        OutputStream calls = new CallsOutput(new FileOutputStream(FileDescriptor.out));
        System.setOut(System.err);
        Workers workers = new Workers();
        HostedService service = new HostedService(workers);
        Launcher<PlatformCalls> calling = new Launcher.Builder<PlatformCalls>()
                .setLocalService(service)
                .setRemoteInterface(PlatformCalls.class)
                .setInput(System.in)
                .setOutput(calls)
                .setExecutorService(Executors.newSingleThreadExecutor(task -> new Thread(task, "calls")))
                .create();
        PlatformCalls platform = calling.getRemoteProxy();
        HostLog.connect(platform);
        service.connect(platform);
        try {
            calling.startListening().get();
        } catch (ExecutionException e) {
            LOG.error("The calls of the platform cannot be read", e.getCause());
        }
        // An app's threads and hooks could hold it up for ever.
        Runtime.getRuntime().halt(0);
    }
}
