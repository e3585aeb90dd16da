package app.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import platform.core.api.AppExecutor;
import platform.core.api.InstanceId;
import platform.db.api.Database;

/** What is swept, and what is not. */
final class SweeperTest {

    private final Database database = TestDatabase.open();
    private final Store store = new Store(database.dataSource());
    private final Uploads uploads = new Uploads(store);
    private final Readers readers = new Readers();
    private final Quota quota = new Quota(0, 0);
    private final FakeExecutor executor = new FakeExecutor();
    private final Sweeper sweeper = sweeper(executor);

    @AfterEach
    void close() {
        database.close();
    }

    private Sweeper sweeper(AppExecutor on) {
        return new Sweeper(InstanceId.parse("acme@example.com"), store, uploads, readers, quota, on);
    }

    private long count(String table) throws Exception {
        try (var connection = database.dataSource().getConnection()) {
            return new Sql(connection).number("SELECT count(*) FROM " + table);
        }
    }

    private void append(long content, int chunks) throws Exception {
        for (int i = 0; i < chunks; i++) {
            long start = i;
            store.run(tx -> {
                tx.contents.append(content, start, new byte[1]);
                return true;
            });
        }
    }

    @Test
    void anUploadThatWasCutOffByAKillIsSweptAtTheStart() throws Exception {
        long content = store.run(tx -> tx.contents.begin());
        append(content, 300);
        sweeper.sweep();
        executor.runTasks();
        assertThat(count("content")).isZero();
        assertThat(count("chunk")).isZero();
    }

    @Test
    void anUploadInProgressIsLeftAlone() throws Exception {
        long content = uploads.begin();
        append(content, 2);
        sweeper.sweep();
        executor.runTasks();
        assertThat(count("chunk")).isEqualTo(2);
        uploads.end(content);
        sweeper.sweep();
        executor.runTasks();
        assertThat(count("chunk")).isZero();
    }

    @Test
    void whatSomebodyReadsIsSweptLater() throws Exception {
        long content = store.run(tx -> tx.contents.add(new byte[1], new byte[32]));
        assertThat(readers.enter(content)).isTrue();
        sweeper.sweep();
        executor.runTasks();
        assertThat(count("chunk")).isEqualTo(1);
        assertThat(executor.timers()).isEqualTo(1);
        readers.leave(content);
        executor.runTimers();
        assertThat(count("chunk")).isZero();
    }

    @Test
    void whatIsBeingSweptCannotBeReadAnyMore() {
        assertThat(readers.doom(1)).isTrue();
        assertThat(readers.enter(1)).isFalse();
        assertThat(readers.doom(1)).isTrue();
        readers.forget(1);
        assertThat(readers.enter(1)).isTrue();
        assertThat(readers.doom(1)).isFalse();
    }

    @Test
    void nothingRunsWhileNothingIsGivenUp() {
        sweeper.sweep();
        executor.runTasks();
        assertThat(executor.timers()).isZero();
        sweeper.request();
        sweeper.request();
        assertThat(executor.timers()).isEqualTo(1);
    }

    @Test
    void whatIsUsedIsCountedAgainAfterADoubt() throws Exception {
        long content = store.run(tx -> tx.contents.add(new byte[7], new byte[32]));
        store.run(tx -> tx.tree.addFile(0, "file", content, new FakeClock().instant()));
        sweeper.doubt();
        try (Quota.Claim busy = quota.claim()) {
            assertThat(busy).isNotNull();
            executor.runTimers();
            assertThat(quota.used()).isZero();
        }
        executor.runTimers();
        assertThat(quota.used()).isEqualTo(7);
        assertThat(executor.timers()).isZero();
    }

    @Test
    void aDatabaseThatIsAwayIsAskedAgainLater() {
        database.close();
        sweeper.sweep();
        assertThat(executor.timers()).isEqualTo(1);
    }

    @Test
    void anInstanceThatStopsLeavesTheRestToTheNextStart() {
        sweeper(new AppExecutor() {
                    @Override
                    public void execute(Runnable task) {
                        throw new RejectedExecutionException();
                    }

                    @Override
                    public Timer after(Duration delay, Runnable task) {
                        throw new RejectedExecutionException();
                    }

                    @Override
                    public Timer every(Duration period, Runnable task) {
                        throw new RejectedExecutionException();
                    }
                })
                .request();
    }

    @Test
    void anUploadThatWasSweptCannotBeFinished() throws Exception {
        long content = store.run(tx -> tx.contents.begin());
        sweeper.sweep();
        assertThatThrownBy(() -> store.change(tx -> {
                    tx.contents.finish(content, 0, new byte[32]);
                    return true;
                }))
                .isInstanceOf(DavException.class);
    }
}
