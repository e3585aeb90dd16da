package platform.core.appsocket;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import platform.core.api.AppInfo;
import platform.core.api.AppMessage;

/** The messages that the platform itself answers with, as JSON text. */
final class Answers {

    private static final List<String> ECHOED = List.of("api", "src");

    private Answers() {}

    /** With the request's {@code api} and {@code src}, by which the client finds what it belongs to. */
    static String to(AppMessage request, String mt, Map<String, ?> fields) {
        Map<String, Object> echoed = new LinkedHashMap<>();
        for (String name : ECHOED) {
            if (request.fields().containsKey(name)) {
                echoed.put(name, request.fields().get(name));
            }
        }
        echoed.putAll(fields);
        return message(mt, echoed);
    }

    static String message(String mt, Map<String, ?> fields) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("mt", mt);
        all.putAll(fields);
        all.put("mt", mt);
        return JsonWriter.write(all);
    }

    /** @param domain the instance's */
    static Map<String, ?> loggedIn(String app, String domain) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("ok", true);
        fields.put("app", app);
        fields.put("domain", domain);
        return fields;
    }

    static Map<String, ?> refused() {
        return Map.of("ok", false);
    }

    static Map<String, ?> moved(Optional<String> url) {
        return url.isPresent() ? Map.of("url", url.get()) : Map.of();
    }

    static Map<String, ?> info(String app, AppInfo info) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("hidden", info.hidden());
        shown.put("presence", info.presence());
        shown.put("apis", info.apis());
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("app", app);
        fields.put("info", shown);
        fields.put("serviceInfo", Map.of("apis", info.serviceApis()));
        info.deviceApp().ifPresent(device -> fields.put("deviceapp", device));
        return fields;
    }
}
