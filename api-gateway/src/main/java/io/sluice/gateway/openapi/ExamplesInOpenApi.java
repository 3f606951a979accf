package io.sluice.gateway.openapi;

import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.jspecify.annotations.Nullable;

import io.quarkus.smallrye.openapi.OpenApiFilter;

/**
 * An example for every value that has none of its own: what is called the same looks the same in all representations.
 * What stands at a component itself ({@code @Schema(examples = …)}) wins.
 */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public class ExamplesInOpenApi implements OASFilter {

    private static final Map<String, String> EXAMPLES = """
            altitude                 12.5
            aperture                 2.8
            assets                   17
            assets_url               /api/v1/galleries/0199f0c2-1d2b-7a01-8f3e-5a9c2b7d4e10/assets
            asset_subtype            video_simple
            attempts                 1
            bytes                    48213
            camera_make              Canon
            camera_model             EOS R5
            cause                    The image is damaged: it ends early
            closed_by                night shift
            closed                   12
            code                     invalid_request
            colour_profile           Display P3
            count                    42
            cover                    af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262
            cover_hash               af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262
            csrf_token               4f0c8e6b2a9d4c1e
            cure                     Put a whole file in its place; it is taken in by itself
            dead_letters             3
            detail                   The media service does not answer. Try again in some seconds.
            directories_unreadable   0
            empty_in_seconds         12.4
            end                      4711
            error_code               image_damaged
            external_hash            9a0364b9e99bb480dd25e1f0284c8555
            files_seen               12045
            files_told               3
            focal_length             35.0
            format                   jpeg
            hashless_videos          0
            height                   1080
            hex                      af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262
            id                       0199f0c2-1d2b-7a01-8f3e-5a9c2b7d4e10
            instance                 /api/v1/assets
            iso                      400
            job_count                2
            key                      af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262
            key_b64                  rxNJufX5oaY=
            label                    Summer 2024
            last_error               The store is full
            last_error_code          store_full
            lens_model               RF24-70mm F2.8
            library_id               0199f0c2-1d2b-7a01-8f3e-5a9c2b7d4e10
            linked                   4
            listed_item_count        89
            location_count           1
            manifest_sha256          e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
            members                  2
            messages                 120
            more                     3
            name                     night shift
            next                     4591
            next_cursor              eyJ2IjoxfQ
            offset                   4711
            oldest_seconds           3.2
            orientation              1
            outbox_oldest_seconds    0.4
            outbox_waiting           2
            parameter                limit
            parent_hash              9a0364b9e99bb480dd25e1f0284c8555
            partition                7
            path                     2024/07/IMG_0001.jpg
            path_b64                 MjAyNC+/SU1HLmpwZw==
            paused_by                night shift
            pointer                  /batches/0
            position                 12
            present                  12045
            prior_sync_id            37e428d2-a4f6-4a31-bacf-0c835fb24084
            rate_per_second          38.5
            reason                   The mount is not there
            role                     operator
            score                    7.42
            seconds                  3.2
            service                  media
            shutter_speed            0.008
            size                     3145728
            skipped_terminal         1
            snippet                  a walk along the beach
            start                    0
            state                    ok
            superseded_by            af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262
            thumbnail_url            /api/v1/assets/af13…/renditions/thumbnail@1
            title                    Beach at dusk
            topic                    sluice.media.rendition.v1
            topic_messages           40
            total                    89
            total_files              89
            trace_id                 4bf92f3577b34da6a3ce929d0e0e4736
            url                      /api/v1/assets/af13…/renditions/thumbnail@1
            value_bytes              312
            waiting                  12
            width                    1920
            with_playlist            85
            work_state               waiting
            """.lines()
            .map(line -> line.split(" +", 2))
            .collect(Collectors.toUnmodifiableMap(word -> word[0], word -> word[1]));

    /** Counts are called after what they count. */
    private static final String A_COUNT = "4";

    @Override
    public void filterOpenAPI(OpenAPI document) {
        Objects.requireNonNullElse(document.getComponents().getSchemas(), Map.<String, Schema>of())
                .values()
                .forEach(ExamplesInOpenApi::complete);
    }

    private static void complete(Schema schema) {
        Map<String, Schema> properties = schema.getProperties();
        if (properties != null) {
            properties.forEach(ExamplesInOpenApi::complete);
        }
    }

    private static void complete(String name, Schema schema) {
        boolean hasOne = schema.getExamples() != null || schema.getEnumeration() != null || schema.getRef() != null;
        SchemaType type = typeOf(schema);
        if (hasOne || type == null) {
            return;
        }
        String example = EXAMPLES.get(name);
        switch (type) {
            case INTEGER -> schema.addExample(Long.valueOf(example == null ? A_COUNT : example));
            case NUMBER -> schema.addExample(Double.valueOf(example == null ? A_COUNT : example));
            case STRING -> {
                if (example != null) {
                    schema.addExample(example);
                }
            }
            default -> {}
        }
    }

    private static @Nullable SchemaType typeOf(Schema schema) {
        return schema.getType() == null
                ? null
                : schema.getType().stream()
                        .filter(type -> type != SchemaType.NULL)
                        .findFirst()
                        .orElse(null);
    }
}
