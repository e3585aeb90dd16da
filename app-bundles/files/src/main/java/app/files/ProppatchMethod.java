package app.files;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.namespace.QName;
import org.w3c.dom.Element;

/** PROPPATCH (RFC 4918 9.2): all of its instructions in their order, or none. */
final class ProppatchMethod implements DavMethod {

    private final Site site;

    ProppatchMethod(Site site) {
        this.site = site;
    }

    @Override
    public void answer(DavRequest request, HttpServletResponse response) throws IOException, SQLException {
        List<Instruction> instructions = instructions(request.body());
        LiveProperties live = new LiveProperties(site.quota(), site.now());
        List<QName> refused = instructions.stream()
                .map(Instruction::name)
                .filter(live::isLive)
                .toList();
        Entry entry = site.store().change(tx -> apply(tx, request, refused.isEmpty() ? instructions : List.of()));
        List<QName> rest = instructions.stream()
                .map(Instruction::name)
                .filter(name -> !refused.contains(name))
                .distinct()
                .toList();
        try (DavXml out = new DavXml(response, 207, "multistatus")) {
            out.start("response").href(request.href(request.path(), entry.isFolder()));
            write(out, rest, refused.isEmpty() ? 200 : 424, "");
            write(out, refused.stream().distinct().toList(), 403, "cannot-modify-protected-property");
            out.end();
        }
    }

    private Entry apply(Tx tx, DavRequest request, List<Instruction> instructions) throws SQLException {
        Location place = tx.tree.claim(request.path());
        Preconditions preconditions = site.preconditions(request);
        preconditions.requireConditions(tx, place);
        Entry entry = place.require();
        preconditions.requireUnlocked(tx, place, false);
        for (Instruction instruction : instructions) {
            if (instruction.value().isPresent()) {
                tx.properties.set(
                        entry.id(), instruction.name(), instruction.value().get());
            } else {
                tx.properties.remove(entry.id(), instruction.name());
            }
        }
        return entry;
    }

    private static void write(DavXml out, List<QName> names, int status, String condition) throws IOException {
        if (names.isEmpty()) {
            return;
        }
        out.start("propstat").start("prop");
        for (QName name : names) {
            out.empty(name);
        }
        out.end().status(status);
        if (!condition.isEmpty()) {
            out.start("error").empty(condition).end();
        }
        out.end();
    }

    private static List<Instruction> instructions(Optional<Element> body) {
        Element update = body.filter(root -> Xml.isDav(root, "propertyupdate"))
                .orElseThrow(() -> new DavException(400, "The body is no propertyupdate element. See RFC 4918 14.19."));
        List<Instruction> instructions = new ArrayList<>();
        Xml.children(update)
                .forEach(part -> Xml.child(part, "prop").stream()
                        .flatMap(Xml::children)
                        .forEach(property -> {
                            if (Xml.isDav(part, "set")) {
                                instructions.add(new Instruction(Xml.name(property), Optional.of(Xml.text(property))));
                            } else if (Xml.isDav(part, "remove")) {
                                instructions.add(new Instruction(Xml.name(property), Optional.empty()));
                            }
                        }));
        if (instructions.isEmpty()) {
            throw new DavException(400, "The body sets and removes no property. See RFC 4918 14.19.");
        }
        return instructions;
    }

    /**
     * One change.
     *
     * @param value the element to set; empty to remove the property
     */
    private record Instruction(QName name, Optional<String> value) {}
}
