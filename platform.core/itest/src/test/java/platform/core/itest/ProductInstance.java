package platform.core.itest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * An instance in a product, as its clients see it.
 *
 * @param product where it is
 * @param id its key
 * @param path its path on the webserver
 * @param database the name of its database and its role
 * @param password its password
 */
record ProductInstance(Product product, String id, String path, String database, String password) {

    /** Clients may call themselves what they like. */
    static final String USER = "it";

    private static final Pattern HREF = Pattern.compile("<(?:\\w+:)?href>\\s*([^<\\s]+)\\s*</");

    /** Creates one from the shell, with a generated password. */
    static ProductInstance create(Product product, String id, String app, String... options) {
        String[] command = {"instance:create", id, "--app", app};
        JsonObject created = product.json(
                        Stream.of(command, options).flatMap(Stream::of).toArray(String[]::new))
                .getAsJsonObject();
        return new ProductInstance(
                product,
                id,
                created.get("path").getAsString(),
                created.get("database").getAsString(),
                created.has("password") ? created.get("password").getAsString() : "");
    }

    URI uri(String relative) {
        return product.http().resolve(path + relative);
    }

    URI webSocket(String relative) {
        return URI.create(uri(relative).toString().replaceFirst("^http", "ws"));
    }

    HttpRequest.Builder request(String relative) {
        return ProductHttp.request(uri(relative)).header("Authorization", ProductHttp.basic(USER, password));
    }

    int status(String relative) {
        return ProductHttp.send(request(relative)).statusCode();
    }

    String get(String relative) {
        return ProductHttp.send(request(relative)).body();
    }

    void put(String relative, String content) {
        var response = ProductHttp.send(request(relative).PUT(BodyPublishers.ofString(content)));
        assertThat(response.statusCode())
                .as("PUT %s: %s", relative, response.body())
                .isBetween(201, 204);
    }

    /** Whether it takes that. */
    boolean stores(String relative, String content) {
        return ProductHttp.send(request(relative).PUT(BodyPublishers.ofString(content)))
                        .statusCode()
                < 300;
    }

    /** The status of a PROPFIND on the root of its files: 207 when it serves. */
    int propfind() {
        return ProductHttp.send(request("/dav/").header("Depth", "0").method("PROPFIND", BodyPublishers.noBody()))
                .statusCode();
    }

    /** What PROPFIND lists right below a collection, the collection itself included. */
    Set<String> listing(String relative) {
        var response =
                ProductHttp.send(request(relative).header("Depth", "1").method("PROPFIND", BodyPublishers.noBody()));
        assertThat(response.statusCode())
                .as("PROPFIND %s: %s", relative, response.body())
                .isEqualTo(207);
        Set<String> hrefs = new TreeSet<>();
        Matcher matcher = HREF.matcher(response.body());
        while (matcher.find()) {
            hrefs.add(URI.create(matcher.group(1)).getPath());
        }
        return hrefs;
    }

    /** Its record in the manager. */
    JsonObject info() {
        return product.json("instance:info", id).getAsJsonObject();
    }

    String state() {
        return info().get("state").getAsString();
    }
}
