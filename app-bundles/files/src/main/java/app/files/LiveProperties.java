package app.files;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import javax.xml.namespace.QName;

/** The properties that the server computes (RFC 4918, section 15; RFC 4331). Clients cannot set them. */
final class LiveProperties {

    private static final Set<String> ONLY_IF_NAMED = Set.of("quota-available-bytes", "quota-used-bytes");

    private final Map<String, Live> all = new LinkedHashMap<>();

    /**
     * @param now the time by which locks have their time-out
     */
    LiveProperties(Quota quota, Instant now) {
        Predicate<Entry> file = entry -> !entry.isFolder();
        Predicate<Entry> any = entry -> true;
        add("resourcetype", any, LiveProperties::resourceType);
        text(
                "creationdate",
                any,
                entry -> entry.created().truncatedTo(ChronoUnit.SECONDS).toString());
        text("getlastmodified", any, entry -> Conditions.httpDate(entry.modified()));
        text("getcontentlength", file, entry -> Long.toString(entry.size()));
        text("getcontenttype", file, entry -> MediaTypes.of(entry.name()));
        text("getetag", file, entry -> entry.content().orElseThrow().etag());
        add("supportedlock", any, (out, name, resource) -> supportedLock(out));
        add("lockdiscovery", any, (out, name, resource) -> lockDiscovery(out, resource.locks(), now));
        text("quota-used-bytes", Entry::isFolder, entry -> Long.toString(quota.used()));
        text(
                "quota-available-bytes",
                entry -> entry.isFolder() && quota.isLimited(),
                entry -> Long.toString(quota.available()));
    }

    boolean isLive(QName name) {
        return name.getNamespaceURI().equals(Xml.DAV) && all.containsKey(name.getLocalPart());
    }

    /** Those that a client gets which asks for all (RFC 4331, section 3). */
    List<QName> usual(Entry entry) {
        return all.entrySet().stream()
                .filter(each -> !ONLY_IF_NAMED.contains(each.getKey())
                        && each.getValue().exists.test(entry))
                .map(each -> new QName(Xml.DAV, each.getKey()))
                .toList();
    }

    boolean has(Entry entry, QName name) {
        return isLive(name) && all.get(name.getLocalPart()).exists.test(entry);
    }

    void write(DavXml out, QName name, Resource resource) throws IOException {
        all.get(name.getLocalPart()).writer.write(out, name.getLocalPart(), resource);
    }

    static void lockDiscovery(DavXml out, List<Resource.ActiveLock> locks, Instant now) throws IOException {
        out.start("lockdiscovery");
        for (Resource.ActiveLock active : locks) {
            Lock lock = active.lock();
            out.start("activelock");
            out.start("locktype").empty("write").end();
            out.start("lockscope")
                    .empty(lock.exclusive() ? "exclusive" : "shared")
                    .end();
            out.text("depth", (lock.deep() ? Depth.INFINITY : Depth.ZERO).toString());
            if (!lock.owner().isEmpty()) {
                out.element(lock.owner());
            }
            out.text("timeout", "Second-" + lock.remaining(now));
            out.start("locktoken").href(lock.token()).end();
            out.start("lockroot").href(active.root()).end();
            out.end();
        }
        out.end();
    }

    private static void resourceType(DavXml out, String name, Resource resource) throws IOException {
        out.start(name);
        if (resource.entry().isFolder()) {
            out.empty("collection");
        }
        out.end();
    }

    private static void supportedLock(DavXml out) throws IOException {
        out.start("supportedlock");
        for (String scope : List.of("exclusive", "shared")) {
            out.start("lockentry");
            out.start("lockscope").empty(scope).end();
            out.start("locktype").empty("write").end();
            out.end();
        }
        out.end();
    }

    private void text(String name, Predicate<Entry> exists, Text text) {
        add(name, exists, (out, element, resource) -> out.text(element, text.of(resource.entry())));
    }

    private void add(String name, Predicate<Entry> exists, PropertyWriter writer) {
        all.put(name, new Live(exists, writer));
    }

    /** Computes a property that is a text. */
    @FunctionalInterface
    private interface Text {
        String of(Entry entry);
    }

    /** Writes a property. */
    @FunctionalInterface
    private interface PropertyWriter {
        void write(DavXml out, String name, Resource resource) throws IOException;
    }

    /** A property and which entries have it. */
    private record Live(Predicate<Entry> exists, PropertyWriter writer) {}
}
