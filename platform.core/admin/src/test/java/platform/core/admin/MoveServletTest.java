package platform.core.admin;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import platform.backup.api.MoveDoor;

/** Who may hand an instance over. */
class MoveServletTest {

    private final List<String> steps = new ArrayList<>();
    private MoveDoor door = (ticket, step, body) -> {
        steps.add(ticket + " " + step);
        return new MoveDoor.Answer(ticket.equals("good") ? 200 : 401, "{\"phase\": \"COPYING\"}");
    };

    private Exchange post(Exchange exchange) throws IOException, ServletException {
        new MoveServlet(door).doPost(exchange.below("/data/0").request(), exchange.response());
        return exchange;
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1, ''", "127.0.0.1, Bearer bad", "192.0.2.1, Bearer good"})
    void whoSendsMuchBeforeHeReadsLearnsThatHeIsRefused(String address, String login)
            throws IOException, ServletException {
        Exchange upload = Exchange.from(address).header("Authorization", login);
        upload.sent = new SentBody(1 << 20);
        assertThat(post(upload).status).isBetween(401, 403);
        assertThat(upload.sent.isFinished()).isTrue();
    }

    @Test
    void onlyWhoShowsATicketIsAnsweredAndOnlyWhereNobodyListens() throws IOException, ServletException {
        String bearer = "Bearer good";
        assertThat(post(Exchange.from("192.0.2.1").header("Authorization", bearer)).status)
                .isEqualTo(403);
        assertThat(post(Exchange.from("127.0.0.1")
                                .header("Authorization", bearer)
                                .header("X-Forwarded-For", "192.0.2.1"))
                        .status)
                .isEqualTo(403);
        assertThat(post(Exchange.from("127.0.0.1")).status).isEqualTo(401);
        assertThat(post(Exchange.from("127.0.0.1").login("admin", "x")).status).isEqualTo(401);
        assertThat(steps).isEmpty();

        Exchange bad = post(Exchange.from("127.0.0.1").header("Authorization", "Bearer bad"));
        assertThat(bad.status).isEqualTo(401);
        assertThat(bad.headers).containsEntry("WWW-Authenticate", "Bearer");
        assertThat(bad.body()).isEmpty();

        Exchange good = post(Exchange.from("192.0.2.1").secure().header("Authorization", bearer));
        assertThat(good.status).isEqualTo(200);
        assertThat(good.body()).contains("COPYING");
        assertThat(steps).containsExactly("bad data/0", "good data/0");

        door = null;
        assertThat(post(Exchange.from("127.0.0.1").header("Authorization", bearer)).status)
                .isEqualTo(503);
    }
}
