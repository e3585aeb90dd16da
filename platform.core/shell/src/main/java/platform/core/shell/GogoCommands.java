package platform.core.shell;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.felix.gogo.runtime.CommandProxy;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.Converter;
import org.apache.felix.service.threadio.ThreadIO;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.util.tracker.ServiceTracker;
import platform.core.api.Access;
import platform.core.api.Audit;
import platform.core.api.Users;

/** The shell's own Gogo with the commands of all bundles, in the place of the one that Gogo's bundle offers. */
@Component(service = GogoCommands.class)
public final class GogoCommands {

    private static final String COMMANDS =
            "(&(" + CommandProcessor.COMMAND_SCOPE + "=*)(" + CommandProcessor.COMMAND_FUNCTION + "=*))";

    private final BundleContext context;
    private final ServiceTracker<Audit, Audit> audit;
    private final ServiceTracker<Access, Access> access;
    private final ServiceTracker<Users, Users> users;
    private final ShellProcessor processor;
    private final ServiceTracker<Object, List<GuardedCommand>> commands;
    private final ServiceTracker<Converter, Converter> converters;

    @Activate
    public GogoCommands(BundleContext context, @Reference ThreadIO threadIO) throws InvalidSyntaxException {
        // Whatever bundle they are of: a bundle's own context shows only what it is wired to.
        BundleContext whole =
                context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).getBundleContext();
        audit = new ServiceTracker<>(context, Audit.class, null);
        access = new ServiceTracker<>(context, Access.class, null);
        users = new ServiceTracker<>(context, Users.class, null);
        this.context = context;
        processor = new ShellProcessor(threadIO, new Guard(this::audit, this::find), this::access);
        commands = new CommandTracker(whole);
        converters = new ConverterTracker(whole);
        audit.open();
        access.open();
        users.open();
        commands.open(true);
        converters.open(true);
    }

    ShellProcessor processor() {
        return processor;
    }

    /** The manager's service; empty while the manager is away. */
    Optional<Access> access() {
        return Optional.ofNullable(access.getService());
    }

    /** The manager's service; empty while the manager is away. */
    Optional<Users> users() {
        return Optional.ofNullable(users.getService());
    }

    /** The manager's service; empty while the manager is away. */
    Optional<Audit> audit() {
        return Optional.ofNullable(audit.getService());
    }

    /** Of what is asked for once in a while, no reference is kept. */
    private <T> Optional<T> find(Class<T> type) {
        return Optional.ofNullable(context.getServiceReference(type)).map(context::getService);
    }

    @Deactivate
    void close() {
        converters.close();
        commands.close();
        processor.stop();
        users.close();
        access.close();
        audit.close();
    }

    private final class CommandTracker extends ServiceTracker<Object, List<GuardedCommand>> {

        CommandTracker(BundleContext context) throws InvalidSyntaxException {
            super(context, FrameworkUtil.createFilter(COMMANDS), null);
        }

        @Override
        public List<GuardedCommand> addingService(ServiceReference<Object> reference) {
            String scope = reference.getProperty(CommandProcessor.COMMAND_SCOPE).toString();
            int ranking = reference.getProperty(Constants.SERVICE_RANKING) instanceof Integer rank ? rank : 0;
            List<GuardedCommand> added = new ArrayList<>();
            for (String function : functions(reference.getProperty(CommandProcessor.COMMAND_FUNCTION))) {
                CommandProxy proxy = new CommandProxy(context, reference, function);
                added.add(processor.add(scope, function, GuardedCommand.Source.of(proxy), ranking));
            }
            return added;
        }

        private static List<String> functions(Object property) {
            return property instanceof Object[] several
                    ? Arrays.stream(several).map(Object::toString).toList()
                    : List.of(property.toString());
        }

        @Override
        public void removedService(ServiceReference<Object> reference, List<GuardedCommand> added) {
            added.forEach(processor::removeCommand);
        }
    }

    private final class ConverterTracker extends ServiceTracker<Converter, Converter> {

        ConverterTracker(BundleContext context) {
            super(context, Converter.class, null);
        }

        @Override
        public Converter addingService(ServiceReference<Converter> reference) {
            Converter converter = context.getService(reference);
            processor.addConverter(converter);
            return converter;
        }

        @Override
        public void removedService(ServiceReference<Converter> reference, Converter converter) {
            processor.removeConverter(converter);
            context.ungetService(reference);
        }
    }
}
