package platform.core.manager;

import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.core.api.AlarmInfo;
import platform.core.api.AlarmListener;
import platform.core.api.AlarmSpec;
import platform.core.api.Alarms;
import platform.core.instance.Workers;

/**
 * The alarms: told out of memory, written to the manager's database behind the caller's back. What cannot be written stays
 * in memory and is tried again.
 */
@Component(configurationPid = "platform.core.manager.alarms")
@Designate(ocd = AlarmConfig.class)
public final class AlarmManager implements Alarms {

    private static final Logger LOG = LoggerFactory.getLogger(AlarmManager.class);

    /** An alarm that is raised very often is written this often. */
    private static final long REPEAT_SECONDS = 5;

    private static final long RETRY_SECONDS = 30;

    private final Workers workers;
    private final Clock clock;
    private final AlarmBook book;
    private final AtomicBoolean scheduled = new AtomicBoolean();
    /** Held while a change is made and told, so that listeners hear of changes in their order. */
    private final Object order = new Object();

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    volatile List<AlarmListener> listeners = List.of();

    private boolean away;
    /** Null while there is no database. */
    private AlarmTables tables;

    private boolean known;

    @Activate
    public AlarmManager(@Reference Workers workers, AlarmConfig config) {
        this(workers, Clock.systemUTC());
        modified(config);
    }

    AlarmManager(AlarmTables tables, Workers workers, Clock clock) {
        this(workers, clock);
        use(tables);
    }

    /** Without a database at first. */
    AlarmManager(Workers workers, Clock clock) {
        this.workers = workers;
        this.clock = clock;
        this.book = new AlarmBook(clock, List.of());
    }

    /** The platform is up without its database, too, and then there is something to alarm of. */
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindDatabase(ManagerDatabase database) {
        use(database.alarms());
    }

    synchronized void unbindDatabase(ManagerDatabase database) {
        write();
        tables = null;
    }

    synchronized void use(AlarmTables newTables) {
        tables = newTables;
        write();
    }

    /** Without a restart of the component: all else would restart with it. */
    @Modified
    void modified(AlarmConfig config) {
        book.keep(AlarmRetention.of(config));
    }

    @Deactivate
    void close() {
        write();
    }

    @Override
    public void raise(AlarmSpec alarm) {
        switch (raiseAndTell(alarm)) {
            case NEW, WORSE -> {
                LOG.warn("{} alarm {} ({}): {}", alarm.source(), alarm.code(), alarm.severity(), alarm.text());
                writeSoon(0);
            }
            case AGAIN -> writeSoon(REPEAT_SECONDS);
            case TOO_MANY ->
                LOG.warn(
                        "{} has too many alarms to keep {} ({}): {}",
                        alarm.source(),
                        alarm.code(),
                        alarm.severity(),
                        alarm.text());
        }
    }

    private AlarmBook.Raised raiseAndTell(AlarmSpec alarm) {
        synchronized (order) {
            AlarmBook.Raised raised = book.raise(alarm);
            if (raised == AlarmBook.Raised.NEW || raised == AlarmBook.Raised.WORSE) {
                book.find(alarm.id()).ifPresent(this::tell);
            }
            return raised;
        }
    }

    private void tell(AlarmInfo alarm) {
        for (AlarmListener listener : listeners) {
            try {
                listener.changed(alarm);
            } catch (RuntimeException e) {
                LOG.warn("A listener failed to hear of the alarm {}", alarm.id(), e);
            }
        }
    }

    private Optional<AlarmInfo> clearAndTell(String source, String code) {
        synchronized (order) {
            Optional<AlarmInfo> cleared = book.clear(source, code);
            cleared.ifPresent(this::tell);
            return cleared;
        }
    }

    @Override
    public boolean clear(String source, String code) {
        Optional<AlarmInfo> cleared = clearAndTell(source, code);
        cleared.ifPresent(alarm -> {
            LOG.info("{} alarm {} is over", alarm.source(), alarm.code());
            writeSoon(0);
        });
        return cleared.isPresent();
    }

    @Override
    public boolean acknowledge(String source, String code, String by) {
        Optional<AlarmInfo> acknowledged = book.acknowledge(source, code, by);
        acknowledged.ifPresent(alarm -> writeSoon(0));
        return acknowledged.isPresent();
    }

    @Override
    public void clearAll(String source) {
        book.active().stream()
                .filter(alarm -> alarm.source().equals(source))
                .forEach(alarm -> clear(source, alarm.code()));
    }

    @Override
    public List<AlarmInfo> active() {
        return book.active();
    }

    @Override
    public List<AlarmInfo> history(int limit) {
        return book.history(limit);
    }

    private void writeSoon(long seconds) {
        try {
            if (seconds == 0) {
                workers.pool().execute(this::write);
            } else if (scheduled.compareAndSet(false, true)) {
                workers.timer().schedule(this::writeScheduled, seconds, TimeUnit.SECONDS);
            }
        } catch (RejectedExecutionException e) {
            LOG.debug("The platform stops; the alarms are written at the end", e);
        }
    }

    private void writeScheduled() {
        scheduled.set(false);
        writeSoon(0);
    }

    /** Writes what the database does not know yet; tries again later when it cannot be reached. */
    synchronized void write() {
        List<AlarmInfo> alarms = List.of();
        if (tables == null) {
            return;
        }
        try {
            learn();
            alarms = book.unwritten();
            if (alarms.isEmpty()) {
                return;
            }
            AlarmRetention kept = book.retention();
            tables.write(alarms, clock.instant().minus(kept.age()), kept.rows());
            book.written(alarms);
            away = false;
        } catch (SQLException e) {
            if (!away) {
                LOG.warn("{} alarms cannot be written now and are kept in memory: {}", alarms.size(), e.getMessage());
            }
            away = true;
            writeSoon(RETRY_SECONDS);
        }
    }

    /** What the database knew at the last end is known here from now on. */
    private void learn() throws SQLException {
        if (!known) {
            List<AlarmInfo> written = tables.read();
            synchronized (order) {
                book.learn(written);
            }
            known = true;
        }
    }
}
