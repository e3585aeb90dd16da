package platform.core.appsocket;

import java.util.List;
import platform.core.api.AppMessage;
import platform.core.api.PbxInfo;

/** Reads what a PBX says of itself. */
final class PbxInfos {

    private PbxInfos() {}

    static PbxInfo of(AppMessage message) {
        return new PbxInfo(
                message.text("domain"),
                message.text("pbx"),
                message.text("pbxDns"),
                texts(message.fields().get("apis")),
                message.text("version"),
                message.text("build"));
    }

    private static List<String> texts(Object value) {
        return value instanceof List<?> list
                ? list.stream()
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .toList()
                : List.of();
    }
}
