package platform.core.rest;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;

/** Adds to the API's document what all operations have in common. It runs when the bundle is built, and only then. */
public final class DocumentFilter implements OASFilter {

    private static final String BEARER = "token";
    private static final String BASIC = "password";

    private static final String ABOUT =
            "What an administrator can do with the platform. Each operation says what role it"
                    + " takes; who has a scope can use those of its instances. Log in by an API token or HTTP Basic, over HTTPS or"
                    + " from the machine itself.";

    @Override
    public Operation filterOperation(Operation operation) {
        Needs needs = method(operation.getOperationId())
                .map(it -> it.getAnnotation(Needs.class))
                .orElseThrow(() -> new IllegalStateException(
                        "The operation '" + operation.getOperationId() + "' does not say what role it takes: @Needs"));
        operation.setDescription(
                (operation.getDescription() == null ? "" : operation.getDescription() + " ") + role(needs));
        boolean changes = operation.getParameters() != null
                && operation.getParameters().stream().anyMatch(it -> "wait".equals(it.getName()));
        if (changes) {
            operation
                    .getResponses()
                    .addAPIResponse(
                            "202", json("The work goes on. Ask for its task at Location.", "application/json", "Task"));
        }
        operation.getResponses().addAPIResponse("default", json("It was not answered.", Problem.TYPE, "Problem"));
        return operation;
    }

    /** The default of a number is written as text in the code, and is none in the document. */
    @Override
    public Parameter filterParameter(Parameter parameter) {
        Schema schema = parameter.getSchema();
        if (schema.getType() != null
                && schema.getType().contains(SchemaType.INTEGER)
                && schema.getDefaultValue() instanceof String text) {
            schema.setDefaultValue(Integer.valueOf(text));
        }
        return parameter;
    }

    /** What a null removes, by key. */
    private static void allowNull(OpenAPI document, String schema) {
        document.getComponents()
                .getSchemas()
                .get(schema)
                .getProperties()
                .get("settings")
                .getAdditionalPropertiesSchema()
                .addType(SchemaType.NULL);
    }

    private static String role(Needs needs) {
        String beyond = needs.administratorFor().length == 0
                ? ""
                : " With " + String.join(", ", needs.administratorFor()) + " it takes an administrator.";
        return "Takes the role " + needs.value() + "." + beyond;
    }

    private static Optional<Method> method(String operationId) {
        return RestApplication.RESOURCES.stream()
                .flatMap(it -> Stream.of(it.getDeclaredMethods()))
                .filter(it -> Operations.isNamed(it, operationId))
                .findFirst();
    }

    private static APIResponse json(String description, String type, String schema) {
        return OASFactory.createAPIResponse()
                .description(description)
                .content(OASFactory.createContent()
                        .addMediaType(
                                type,
                                OASFactory.createMediaType()
                                        .schema(OASFactory.createSchema().ref(schema))));
    }

    /** By the first part of its path, so that a page that shows the document has chapters. */
    private static void addTag(String path, PathItem item) {
        String tag = path.split("/")[1];
        item.getOperations().values().forEach(it -> it.addTag(tag));
    }

    @Override
    public void filterOpenAPI(OpenAPI document) {
        document.getPaths().getPathItems().forEach(DocumentFilter::addTag);
        allowNull(document, "SettingsEdit");
        allowNull(document, "InstanceEdit");
        document.setInfo(
                OASFactory.createInfo().title("App Platform").version("1").description(ABOUT));
        document.addServer(OASFactory.createServer().url(RestApplication.PATH));
        document.getComponents()
                .addSecurityScheme(
                        BEARER,
                        OASFactory.createSecurityScheme()
                                .type(SecurityScheme.Type.HTTP)
                                .scheme("bearer"))
                .addSecurityScheme(
                        BASIC,
                        OASFactory.createSecurityScheme()
                                .type(SecurityScheme.Type.HTTP)
                                .scheme("basic"));
        document.setSecurity(List.of(
                OASFactory.createSecurityRequirement().addScheme(BEARER),
                OASFactory.createSecurityRequirement().addScheme(BASIC)));
    }
}
