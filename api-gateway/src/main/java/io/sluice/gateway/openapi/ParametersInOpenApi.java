package io.sluice.gateway.openapi;

import java.util.List;
import java.util.Objects;

import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;

import io.quarkus.smallrye.openapi.OpenApiFilter;

/** Parameters are read as text, so that a bad one gets a problem of ours; the document says what they really are. */
@OpenApiFilter(value = OpenApiFilter.RunStage.BUILD, priority = 10)
public class ParametersInOpenApi implements OASFilter {

    private static final String CONTENT_HASH = "#/components/schemas/ContentHash";
    private static final int MOST = 500;

    @Override
    public Parameter filterParameter(Parameter parameter) {
        Schema schema = parameter.getSchema();
        if (schema == null) {
            return parameter;
        }
        if (CONTENT_HASH.equals(schema.getRef())) {
            parameter.setSchema(OASFactory.createSchema()
                    .addType(SchemaType.STRING)
                    .pattern("[0-9a-f]{64}")
                    .addExample("af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262"));
            parameter.setDescription("BLAKE3 of the bytes, in hex");
        } else if ("limit".equals(parameter.getName())) {
            parameter.setSchema(OASFactory.createSchema()
                    .addType(SchemaType.INTEGER)
                    .minimum(java.math.BigDecimal.ONE)
                    .defaultValue(50)
                    .addExample(MOST));
            parameter.setExample(null);
        } else if (schema.getType() == null && schema.getEnumeration() != null) {
            schema.addType(typeOf(schema.getEnumeration()));
        }
        return parameter;
    }

    private static SchemaType typeOf(List<Object> values) {
        return values.stream().allMatch(value -> Objects.toString(value).matches("true|false"))
                ? SchemaType.BOOLEAN
                : SchemaType.STRING;
    }
}
