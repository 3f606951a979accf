package io.sluice.gateway.openapi;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.RequestBody;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationValue;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.RecordComponentInfo;
import org.jboss.jandex.Type;
import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;

import io.quarkus.smallrye.openapi.OpenApiFilter;

/**
 * Which values of an answer may be null and which are always there, as its record has it: clients that are generated from
 * the contract, or hold answers against it, need both. What clients send is left as validation has it.
 */
@OpenApiFilter(value = OpenApiFilter.RunStage.BUILD, priority = 20)
public class NullsInOpenApi implements OASFilter {

    private static final DotName NULLABLE = DotName.createSimple(Nullable.class);
    private static final DotName INCLUDE = DotName.createSimple(JsonInclude.class);
    private static final DotName IGNORE = DotName.createSimple(JsonIgnore.class);
    private static final DotName UNWRAPPED = DotName.createSimple(JsonUnwrapped.class);
    private static final DotName SCHEMA =
            DotName.createSimple(org.eclipse.microprofile.openapi.annotations.media.Schema.class);
    private static final String REFERENCE = "#/components/schemas/";

    private final IndexView index;

    public NullsInOpenApi(IndexView index) {
        this.index = index;
    }

    @Override
    public void filterOpenAPI(OpenAPI document) {
        Map<String, Schema> schemas =
                Objects.requireNonNullElse(document.getComponents().getSchemas(), Map.of());
        Map<String, List<ClassInfo>> records = index.getKnownClasses().stream()
                .filter(ClassInfo::isRecord)
                .filter(known -> known.name().toString().startsWith("io.sluice.gateway."))
                .collect(Collectors.groupingBy(NullsInOpenApi::schemaName));
        Set<String> sent = sent(document, schemas);
        schemas.forEach((name, schema) -> {
            if (!sent.contains(name)) {
                recordOf(records.getOrDefault(name, List.of()), schema).ifPresent(of -> complete(schema, of));
            }
        });
    }

    private static String schemaName(ClassInfo known) {
        AnnotationInstance told = known.declaredAnnotation(SCHEMA);
        AnnotationValue name = told == null ? null : told.value("name");
        return name == null ? known.name().withoutPackagePrefix().replaceAll(".*\\$", "") : name.asString();
    }

    /** Two records of one simple name have other components. */
    private Optional<ClassInfo> recordOf(List<ClassInfo> named, Schema schema) {
        Set<String> properties = Objects.requireNonNullElse(schema.getProperties(), Map.<String, Schema>of())
                .keySet();
        return named.stream()
                .filter(known -> components(known)
                        .map(NullsInOpenApi::wireName)
                        .collect(Collectors.toSet())
                        .equals(properties))
                .findFirst();
    }

    /** As Jackson writes them; its annotations are those of the fields. */
    private Stream<RecordComponentInfo> components(ClassInfo known) {
        return known.recordComponents().stream()
                .filter(component -> !known.field(component.name()).hasAnnotation(IGNORE))
                .flatMap(component -> known.field(component.name()).hasAnnotation(UNWRAPPED)
                        ? components(index.getClassByName(component.type().name()))
                        : Stream.of(component));
    }

    private void complete(Schema schema, ClassInfo known) {
        boolean leavesOut = known.hasAnnotation(INCLUDE);
        components(known).forEach(component -> {
            String name = wireName(component);
            boolean nullable = component.type().hasAnnotation(NULLABLE);
            if (!leavesOut && nullable) {
                schema.addProperty(
                        name,
                        orNull(Objects.requireNonNull(schema.getProperties().get(name))));
            }
            if (!leavesOut || !(nullable || isCollection(component))) {
                schema.addRequired(name);
            }
        });
    }

    private static boolean isCollection(RecordComponentInfo component) {
        return component.type().kind() == Type.Kind.PARAMETERIZED_TYPE;
    }

    private static Schema orNull(Schema schema) {
        if (schema.getRef() == null && schema.getEnumeration() == null && schema.getType() != null) {
            return schema.addType(SchemaType.NULL);
        }
        return OASFactory.createSchema()
                .anyOf(List.of(schema, OASFactory.createSchema().addType(SchemaType.NULL)));
    }

    /** What stands in requests, with all that it holds. */
    private static Set<String> sent(OpenAPI document, Map<String, Schema> schemas) {
        Deque<Schema> open = new ArrayDeque<>(document.getPaths().getPathItems().values().stream()
                .flatMap(item -> item.getOperations().values().stream())
                .map(Operation::getRequestBody)
                .filter(Objects::nonNull)
                .map(RequestBody::getContent)
                .filter(Objects::nonNull)
                .map(Content::getMediaTypes)
                .map(Map::values)
                .flatMap(Collection::stream)
                .map(type -> type.getSchema())
                .filter(Objects::nonNull)
                .toList());
        Set<String> sent = new HashSet<>();
        while (!open.isEmpty()) {
            Schema schema = open.pop();
            if (schema.getRef() != null) {
                String name = schema.getRef().replace(REFERENCE, "");
                if (sent.add(name) && schemas.get(name) != null) {
                    open.push(schemas.get(name));
                }
            }
            if (schema.getItems() != null) {
                open.push(schema.getItems());
            }
            Objects.requireNonNullElse(schema.getProperties(), Map.<String, Schema>of())
                    .values()
                    .forEach(open::push);
        }
        return sent;
    }

    private static String wireName(RecordComponentInfo component) {
        return SnakeCaseStrategy.INSTANCE.translate(component.name());
    }
}
