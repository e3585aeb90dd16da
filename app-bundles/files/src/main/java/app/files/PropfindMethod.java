package app.files;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** PROPFIND (RFC 4918 9.1): written while it is read, some hundred entries at a time, so that a folder may be large. */
final class PropfindMethod implements DavMethod {

    private static final int PAGE = 500;

    private final Site site;

    PropfindMethod(Site site) {
        this.site = site;
    }

    @Override
    public void answer(DavRequest request, HttpServletResponse response) throws IOException, SQLException {
        Depth depth = request.depth(EnumSet.allOf(Depth.class));
        PropfindQuery query = PropfindQuery.read(request.body());
        Resource base = site.store().run(tx -> base(tx, request));
        LiveProperties live = new LiveProperties(site.quota(), site.now());
        try (DavXml out = new DavXml(response, 207, "multistatus")) {
            write(out, base, query, live);
            Deque<Resource> folders = new ArrayDeque<>();
            if (depth != Depth.ZERO && base.entry().isFolder()) {
                folders.add(base);
            }
            while (!folders.isEmpty()) {
                List<Resource> found = members(out, folders.poll(), query, live);
                if (depth == Depth.INFINITY) {
                    folders.addAll(found);
                }
            }
        }
    }

    private void write(DavXml out, Resource resource, PropfindQuery query, LiveProperties live) throws IOException {
        String href = site.space().href(resource.path(), resource.entry().isFolder());
        query.write(out, href, resource, live);
    }

    private Resource base(Tx tx, DavRequest request) throws SQLException {
        Location place = tx.tree.locate(request.path());
        site.preconditions(request).requireConditions(tx, place);
        Entry entry = place.require();
        List<Resource.ActiveLock> locks = tx.locks.at(place, site.now()).stream()
                .map(lock -> new Resource.ActiveLock(lock, request.lockRoot(place, lock)))
                .toList();
        return new Resource(place.path(), entry, own(tx, List.of(entry)).getOrDefault(entry.id(), List.of()), locks);
    }

    /** Writes what is in a folder, and returns the folders among it. */
    private List<Resource> members(DavXml out, Resource folder, PropfindQuery query, LiveProperties live)
            throws IOException, SQLException {
        List<Resource> folders = new ArrayList<>();
        List<Resource> page = List.of();
        do {
            String after =
                    page.isEmpty() ? "" : page.get(page.size() - 1).entry().name();
            page = site.store().run(tx -> page(tx, folder, after));
            for (Resource member : page) {
                write(out, member, query, live);
                if (member.entry().isFolder()) {
                    folders.add(member);
                }
            }
        } while (page.size() == PAGE);
        return folders;
    }

    private List<Resource> page(Tx tx, Resource folder, String after) throws SQLException {
        List<Entry> entries = tx.tree.children(folder.entry().id(), after, PAGE);
        Map<Long, List<Properties.Property>> own = own(tx, entries);
        Map<Long, List<Lock>> locks = tx
                .locks
                .on(entries.stream().map(Entry::id).toList(), site.now())
                .stream()
                .collect(Collectors.groupingBy(Lock::entry));
        return entries.stream()
                .map(entry -> member(folder, entry, own.getOrDefault(entry.id(), List.of()), locks))
                .toList();
    }

    private Resource member(Resource folder, Entry entry, List<Properties.Property> own, Map<Long, List<Lock>> locks) {
        DavPath path = folder.path().child(entry.name());
        List<Resource.ActiveLock> active = new ArrayList<>(
                folder.locks().stream().filter(each -> each.lock().deep()).toList());
        locks.getOrDefault(entry.id(), List.of())
                .forEach(lock ->
                        active.add(new Resource.ActiveLock(lock, site.space().href(path, entry.isFolder()))));
        return new Resource(path, entry, own, active);
    }

    private static Map<Long, List<Properties.Property>> own(Tx tx, Collection<Entry> entries) throws SQLException {
        return tx.properties.of(entries.stream().map(Entry::id).toList());
    }
}
