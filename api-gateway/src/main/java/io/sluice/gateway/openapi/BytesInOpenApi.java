package io.sluice.gateway.openapi;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.headers.Header;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

import io.quarkus.smallrye.openapi.OpenApiFilter;

/** Operations that answer with a file: its types, ranges and conditions (RFC 9110 sections 13 and 14). */
@OpenApiFilter(value = OpenApiFilter.RunStage.BUILD, priority = 10)
public class BytesInOpenApi implements OASFilter {

    private static final List<String> PICTURES = List.of("image/jpeg", "image/webp", "image/png");
    private static final List<String> STREAM =
            List.of("application/vnd.apple.mpegurl", "video/mp4", "video/iso.segment");
    private static final List<String> ANY = List.of("application/octet-stream");

    /** How an address of bytes ends, and what it answers with. */
    private static final Map<String, List<String>> FILES =
            Map.of("/original", ANY, "/poster", PICTURES, "/renditions/{rendition}", PICTURES, "/hls/{path}", STREAM);

    @Override
    public void filterOpenAPI(OpenAPI document) {
        document.getPaths().getPathItems().forEach((path, item) -> typesOf(path).ifPresent(types -> item.getOperations()
                .forEach((method, operation) -> complete(operation, types, method == PathItem.HttpMethod.HEAD))));
    }

    private static Optional<List<String>> typesOf(String path) {
        return FILES.entrySet().stream()
                .filter(file -> path.endsWith(file.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private static void complete(Operation operation, List<String> types, boolean head) {
        operation
                .getResponses()
                .addAPIResponse("200", file("The whole file", head ? null : types))
                .addAPIResponse("304", file("If-None-Match names the bytes that are there", null));
        if (!head) {
            operation.getResponses().addAPIResponse("206", file("The ranges that the Range header asks for", types));
        }
    }

    private static APIResponse file(String description, @org.jspecify.annotations.Nullable List<String> types) {
        APIResponse response = OASFactory.createAPIResponse()
                .description(description)
                .addHeader("ETag", header("Strong: other bytes have another one", "\"af1349b9f5f9a1a6.1\""))
                .addHeader("Cache-Control", header("How long they may be kept", "private, no-cache"));
        if (types != null) {
            Content content = OASFactory.createContent();
            types.forEach(type -> content.addMediaType(
                    type,
                    OASFactory.createMediaType()
                            .schema(OASFactory.createSchema()
                                    .addType(SchemaType.STRING)
                                    .format("binary"))));
            response.content(content);
        }
        return response;
    }

    private static Header header(String description, String example) {
        return OASFactory.createHeader()
                .description(description)
                .schema(OASFactory.createSchema().addType(SchemaType.STRING))
                .example(example);
    }
}
