package platform.core.manager;

import static platform.core.api.MetricFamily.Type.COUNTER;
import static platform.core.api.MetricFamily.Type.GAUGE;
import static platform.core.api.MetricFamily.Type.HISTOGRAM;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import platform.core.api.MetricFamily;
import platform.core.api.MetricValue;
import platform.db.api.DatabaseStatus;
import platform.webserver.api.RequestStatistics;
import platform.webserver.api.WebSocketStatistics;

/** A reading as monitoring systems want it. What is not known is left out. */
final class MetricFamilies {

    private final List<MetricFamily> families = new ArrayList<>();
    private final MetricReading reading;

    private MetricFamilies(MetricReading reading) {
        this.reading = reading;
    }

    /** @param refusals how many requests the webserver refused, by the reason */
    static List<MetricFamily> of(MetricReading reading, Map<String, Long> refusals) {
        MetricFamilies it = new MetricFamilies(reading);
        it.addProcesses(reading.platform());
        it.addJvm(reading.platform());
        it.addMachine(reading.platform());
        it.addWebserver(reading.platform().requests(), refusals);
        it.addRequests();
        it.addSockets();
        it.addExecutors();
        it.addDatabases();
        return it.families;
    }

    private void addProcesses(PlatformUse it) {
        one(
                "platform_cpu_seconds",
                COUNTER,
                "Processor time of the platform",
                it.process().cpuSeconds());
        one(
                "platform_memory_bytes",
                GAUGE,
                "Memory of the platform (resident set)",
                it.process().bytes());
        one("platform_uptime_seconds", GAUGE, "Time since the platform's start", it.uptimeSeconds());
        one(
                "platform_postgresql_cpu_seconds",
                COUNTER,
                "Processor time of the platform's PostgreSQL",
                it.postgresql().cpuSeconds());
        one(
                "platform_postgresql_memory_bytes",
                GAUGE,
                "Memory of the platform's PostgreSQL, what is shared counted once",
                it.postgresql().bytes());
    }

    private void addJvm(PlatformUse it) {
        add(
                "platform_jvm_memory_used_bytes",
                GAUGE,
                "Memory of the JVM in use",
                List.of(
                        value(Map.of("area", "heap"), it.heap().getUsed()),
                        value(Map.of("area", "nonheap"), it.nonHeap().getUsed())));
        one(
                "platform_jvm_heap_max_bytes",
                GAUGE,
                "The most that the heap can have",
                it.heap().getMax());
        add(
                "platform_jvm_gc_collections",
                COUNTER,
                "Garbage collections",
                it.collectors().stream()
                        .map(each -> value(Map.of("collector", each.name()), each.collections()))
                        .toList());
        add(
                "platform_jvm_gc_seconds",
                COUNTER,
                "Time of garbage collections",
                it.collectors().stream()
                        .map(each -> value(Map.of("collector", each.name()), each.seconds()))
                        .toList());
        one("platform_jvm_threads", GAUGE, "Threads, without virtual ones", it.threads());
        one("platform_jvm_classes", GAUGE, "Loaded classes", it.classes());
    }

    private void addMachine(PlatformUse it) {
        one("platform_machine_load", GAUGE, "Load average of one minute", it.load());
        one(
                "platform_disk_size_bytes",
                GAUGE,
                "Size of the disk of the data folder",
                it.disk().total());
        one(
                "platform_disk_usable_bytes",
                GAUGE,
                "What can be written there still",
                it.disk().usable());
        one(
                "platform_network_received_bytes",
                COUNTER,
                "Received by the machine, without loopback",
                it.network().in());
        one(
                "platform_network_sent_bytes",
                COUNTER,
                "Sent by the machine, without loopback",
                it.network().out());
    }

    private void addWebserver(RequestStatistics others, Map<String, Long> refusals) {
        add(
                "platform_http_refusals",
                COUNTER,
                "Requests that the webserver refused",
                refusals.entrySet().stream()
                        .map(each -> value(Map.of("reason", each.getKey()), each.getValue()))
                        .toList());
        one("platform_http_requests", COUNTER, "Requests to no instance", others.requests());
        one("platform_http_server_errors", COUNTER, "Those of them answered 5xx", others.serverErrors());
        add(
                "platform_http_request_duration_seconds",
                HISTOGRAM,
                "How long they took",
                List.of(times(Map.of(), others)));
    }

    private void addRequests() {
        instances("platform_instance_up", GAUGE, "Whether the instance runs", it -> it.isUp() ? 1 : 0);
        requests("platform_instance_http_requests", COUNTER, "Requests answered", RequestStatistics::requests);
        requests(
                "platform_instance_http_client_errors", COUNTER, "Those answered 4xx", RequestStatistics::clientErrors);
        requests(
                "platform_instance_http_server_errors", COUNTER, "Those answered 5xx", RequestStatistics::serverErrors);
        requests("platform_instance_http_refused", COUNTER, "Requests beyond the limit", RequestStatistics::refused);
        requests("platform_instance_http_in_flight", GAUGE, "Requests being answered", RequestStatistics::inFlight);
        add(
                "platform_instance_http_request_duration_seconds",
                HISTOGRAM,
                "How long requests took",
                reading.instances().values().stream()
                        .map(it -> times(labels(it), it.requests()))
                        .toList());
    }

    private void addSockets() {
        sockets("platform_instance_sockets", GAUGE, "Open WebSockets", WebSocketStatistics::open);
        sockets("platform_instance_sockets_refused", COUNTER, "WebSockets refused", WebSocketStatistics::refused);
        sockets(
                "platform_instance_socket_received_messages",
                COUNTER,
                "Messages received",
                WebSocketStatistics::messagesIn);
        sockets("platform_instance_socket_sent_messages", COUNTER, "Messages sent", WebSocketStatistics::messagesOut);
        sockets("platform_instance_socket_received_bytes", COUNTER, "Bytes received", WebSocketStatistics::bytesIn);
        sockets("platform_instance_socket_sent_bytes", COUNTER, "Bytes sent", WebSocketStatistics::bytesOut);
    }

    private void addExecutors() {
        instances(
                "platform_instance_executor_tasks",
                COUNTER,
                "Tasks run",
                it -> it.executor().tasks());
        instances(
                "platform_instance_executor_busy_seconds",
                COUNTER,
                "Time of tasks",
                it -> it.executor().busySeconds());
        instances(
                "platform_instance_executor_queue",
                GAUGE,
                "Tasks that wait",
                it -> it.executor().waiting());
        if (reading.hasCpuTime()) {
            instances(
                    "platform_instance_cpu_seconds",
                    COUNTER,
                    "Processor time of requests and tasks",
                    InstanceUse::cpuSeconds);
        }
    }

    private void addDatabases() {
        databases("platform_instance_database_size_bytes", "Size of the database", DatabaseStatus::bytes);
        databases("platform_instance_database_connections", "Connections to the database", DatabaseStatus::connections);
    }

    private void databases(String name, String help, ToDoubleFunction<DatabaseStatus> value) {
        add(
                name,
                GAUGE,
                help,
                reading.instances().values().stream()
                        .filter(it -> it.database().isPresent())
                        .map(it -> value(
                                labels(it), value.applyAsDouble(it.database().get())))
                        .toList());
    }

    private void requests(String name, MetricFamily.Type type, String help, ToDoubleFunction<RequestStatistics> value) {
        instances(name, type, help, it -> value.applyAsDouble(it.requests()));
    }

    private void sockets(
            String name, MetricFamily.Type type, String help, ToDoubleFunction<WebSocketStatistics> value) {
        instances(name, type, help, it -> value.applyAsDouble(it.sockets()));
    }

    private void instances(String name, MetricFamily.Type type, String help, ToDoubleFunction<InstanceUse> value) {
        add(
                name,
                type,
                help,
                reading.instances().values().stream()
                        .map(it -> value(labels(it), value.applyAsDouble(it)))
                        .toList());
    }

    private void one(String name, MetricFamily.Type type, String help, double value) {
        if (!Double.isNaN(value)) {
            add(name, type, help, List.of(value(Map.of(), value)));
        }
    }

    private void add(String name, MetricFamily.Type type, String help, List<MetricValue> values) {
        if (!values.isEmpty()) {
            families.add(new MetricFamily(name, help, type, values));
        }
    }

    private static Map<String, String> labels(InstanceUse it) {
        return Map.of("instance_id", it.id().toString(), "app", it.app());
    }

    private static MetricValue value(Map<String, String> labels, double value) {
        return new MetricValue(labels, value, Optional.empty());
    }

    private static MetricValue times(Map<String, String> labels, RequestStatistics it) {
        return new MetricValue(labels, it.requests(), Optional.of(it.latencies()));
    }
}
