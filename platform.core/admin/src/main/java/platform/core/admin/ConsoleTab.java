package platform.core.admin;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.felix.webconsole.servlet.AbstractServlet;
import org.apache.felix.webconsole.servlet.User;
import org.owasp.encoder.Encode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.core.api.Audit;
import platform.core.api.AuditEvent;
import platform.core.api.Caller;
import platform.core.api.PlatformException;
import platform.core.api.Role;

/**
 * A page of the platform in the web console: a table, each row with buttons for who may press them. What a button does takes an
 * operator within whose scope the row is, and is in the audit; what cannot be noted is not done.
 */
abstract class ConsoleTab extends AbstractServlet {

    static final String CATEGORY = "App Platform";

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger("audit");
    private static final String TROUBLE = ConsoleTab.class.getName() + ".trouble";

    /**
     * A line of the table.
     *
     * @param target by what its buttons name it
     * @param actions what can be done with it now
     * @param field what can be typed for it
     */
    record Row(String target, List<String> cells, List<String> actions, Optional<Field> field) {

        Row(String target, List<String> cells, List<String> actions) {
            this(target, cells, actions, Optional.empty());
        }

        boolean allows(String action) {
            return actions.contains(action)
                    || field.filter(it -> it.action().equals(action)).isPresent();
        }
    }

    /**
     * A text and the button that sets it.
     *
     * @param value what it is now
     */
    record Field(String action, String value) {}

    private final String kind;
    private final List<String> heads;
    private final transient Optional<Audit> audit;

    /** @param kind of what is shown, as in the names of the shell's commands: {@code instance} */
    ConsoleTab(String kind, List<String> heads, Optional<Audit> audit) {
        this.kind = kind;
        this.heads = heads;
        this.audit = audit;
    }

    /**
     * What there is, within the caller's scope.
     *
     * @throws PlatformException when that cannot be told now
     */
    abstract List<Row> rows(Caller caller);

    /**
     * What a button does.
     *
     * @throws PlatformException when it could not be done
     */
    abstract void act(String action, String target, Caller caller);

    /**
     * What the button of a field does.
     *
     * @throws PlatformException when it could not be done
     */
    void set(String action, String target, String value) {
        throw PlatformException.invalid(kind + ":" + action + " takes no text.");
    }

    /** Called before the console writes its navigation: who is no administrator is shown what he can open. */
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        setNoCache(response);
        if (!Need.ADMINISTRATOR.isMetBy(caller(request))
                && request.getAttribute("felix.webconsole.labelMap.categorized") instanceof Map<?, ?> categories) {
            categories.keySet().retainAll(Set.of("category." + CATEGORY));
        }
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Caller caller = caller(request);
        String target = parameter(request, "target");
        AuditEvent event =
                new AuditEvent(caller, kind + ":" + parameter(request, "action"), parameter(request, "value"), target);
        try {
            perform(event);
            response.sendRedirect(request.getRequestURI());
        } catch (PlatformException e) {
            if (e.kind() == PlatformException.Kind.DENIED) {
                response.setStatus(HttpServletResponse.SC_FORBIDDEN);
                response.setContentType("text/plain; charset=utf-8");
                response.getOutputStream().write((e.getMessage() + "\n").getBytes(StandardCharsets.UTF_8));
            } else {
                // The console goes on with the page itself, which then says why.
                request.setAttribute(TROUBLE, e.getMessage());
            }
        }
    }

    private static Caller caller(HttpServletRequest request) {
        return (Caller) ((User) request.getAttribute(User.USER_ATTRIBUTE)).getUserObject();
    }

    private static String parameter(HttpServletRequest request, String name) {
        return Optional.ofNullable(request.getParameter(name)).orElse("");
    }

    private void perform(AuditEvent event) {
        Audit kept = audit.orElseThrow(ConsoleTab::managerMissing);
        Optional<Row> row = rows(event.caller()).stream()
                .filter(it -> it.target().equals(event.target()))
                .findFirst();
        if (!mayAct(event.caller()) || row.isEmpty()) {
            String reason = "this takes the role operator, and what there is within your scope";
            LOG.warn(
                    "{} {} {} refused: {}",
                    event.caller().user(),
                    Encode.forJava(event.action()),
                    Encode.forJava(event.target()),
                    reason);
            kept.refuse(event, reason);
            throw new PlatformException(
                    PlatformException.Kind.DENIED,
                    event.action() + ": " + reason + ". Ask an administrator of the platform.");
        }
        String action = event.action().substring(kind.length() + 1);
        if (!row.get().allows(action)) {
            throw PlatformException.conflict(
                    event.action() + " cannot be done with " + event.target() + " as it is now.");
        }
        note(kept, event, () -> {
            if (row.get().actions().contains(action)) {
                act(action, event.target(), event.caller());
            } else {
                set(action, event.target(), event.arguments());
            }
        });
    }

    private static void note(Audit audit, AuditEvent event, Runnable work) {
        long number = audit.begin(event);
        String result = "failed";
        try {
            work.run();
            result = "done";
        } catch (PlatformException e) {
            result = "failed: " + e.getMessage();
            throw e;
        } finally {
            audit.end(number, event, result, "", "");
        }
    }

    /** Whether he may press buttons; the rows that he sees are within his scope. */
    private static boolean mayAct(Caller caller) {
        return caller.role().includes(Role.OPERATOR);
    }

    static PlatformException managerMissing() {
        return PlatformException.failed(
                "The platform's manager does not run: its database is down or still starting. Try again.", null);
    }

    @Override
    public void renderContent(HttpServletRequest request, HttpServletResponse response) throws IOException {
        PrintWriter page = response.getWriter();
        Optional.ofNullable(request.getAttribute(TROUBLE)).ifPresent(it -> statusLine(page, it.toString()));
        try {
            Caller caller = caller(request);
            List<Row> rows = rows(caller);
            statusLine(page, rows.isEmpty() ? "There is nothing to show." : rows.size() + " in the list");
            table(page, rows, mayAct(caller));
        } catch (PlatformException e) {
            statusLine(page, e.getMessage());
        }
    }

    private static void statusLine(PrintWriter page, String text) {
        page.println("<p class='statline ui-state-highlight'>" + Encode.forHtml(text) + "</p>");
    }

    private void table(PrintWriter page, List<Row> rows, boolean buttons) {
        page.println("<table class='nicetable ui-widget'><thead><tr>"
                + heads.stream()
                        .map(it -> "<th class='ui-widget-header'>" + it + "</th>")
                        .collect(Collectors.joining())
                + "<th class='ui-widget-header'></th></tr></thead><tbody class='ui-widget-content'>");
        rows.forEach(row -> page.println("<tr>"
                + row.cells().stream()
                        .map(it -> "<td>" + Encode.forHtml(it) + "</td>")
                        .collect(Collectors.joining())
                + "<td>" + (buttons ? form(row) : "") + "</td></tr>"));
        page.println("</tbody></table>");
    }

    private static String form(Row row) {
        return form(row.target(), row.actions().stream().map(ConsoleTab::button).collect(Collectors.joining(" ")))
                + row.field()
                        .map(it -> form(
                                row.target(),
                                "<input name='value' value='" + Encode.forHtmlAttribute(it.value()) + "'> "
                                        + button(it.action())))
                        .orElse("");
    }

    private static String form(String target, String inputs) {
        return "<form method='post'><input type='hidden' name='target' value='" + Encode.forHtmlAttribute(target) + "'>"
                + inputs + "</form>";
    }

    private static String button(String action) {
        return "<button name='action' value='" + action + "'>" + action + "</button>";
    }
}
