package io.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

/** The road of every demo picture, looked at through the public API: shown, or explained. */
final class FirstRoad {

    private FirstRoad() {}

    /** Waits until all of that folder's pictures have ended their road, and fails where one ended wrongly. */
    static void holds(Path pictures, SluiceClient client, Duration within) throws IOException {
        long files;
        try (var tree = Files.walk(pictures)) {
            files = tree.filter(Files::isRegularFile).count();
        }
        Settled.with((int) files, client, within);

        List<JsonNode> assets = client.assets();
        assertThat(assets).isNotEmpty();
        assertThat(assets).allSatisfy(FirstRoad::isShownOrExplained);
        assertThat(reasons(assets)).containsKeys("image_damaged", "file_empty", "not_an_image", "too_many_pixels");
        assertThat(reasons(assets).keySet()).containsAnyOf("child_died", "child_timed_out");
        assertThat(assets).anySatisfy(asset -> servesBytes(client, asset));
        assertThat(client.deadLetters())
                .as("the one that kills its decoder, after a first run and three retries")
                .hasSize(1)
                .allSatisfy(letter -> assertThat(letter.get("attempts").asInt()).isEqualTo(4));
    }

    private static void isShownOrExplained(JsonNode asset) {
        assertThat(asset.get("renditions")).hasSize(2).allSatisfy(rendition -> {
            String state = rendition.get("state").asText();
            if (!state.equals("ready")) {
                assertThat(state).isIn("failed", "unsupported");
                assertThat(rendition.get("reason").asText()).isNotBlank();
                assertThat(rendition.get("error_code").asText()).isNotBlank();
            }
        });
    }

    private static Map<String, Integer> reasons(List<JsonNode> assets) {
        Map<String, Integer> reasons = new HashMap<>();
        assets.forEach(asset -> asset.get("renditions").forEach(rendition -> {
            if (rendition.hasNonNull("error_code")) {
                reasons.merge(rendition.get("error_code").asText(), 1, Integer::sum);
            }
        }));
        return reasons;
    }

    private static void servesBytes(SluiceClient client, JsonNode asset) {
        JsonNode thumbnail = asset.get("renditions").get(0);
        HttpResponse<byte[]> picture = client.bytes(thumbnail.get("url").asText());
        assertThat(picture.statusCode()).isEqualTo(200);
        assertThat(picture.headers().firstValue("Cache-Control"))
                .hasValueSatisfying(value -> assertThat(value).contains("immutable"));
        assertThat(picture.body()).hasSize(thumbnail.get("bytes").asInt());
        HttpResponse<byte[]> original =
                client.bytes("/api/v1/assets/" + asset.get("content_hash").asText() + "/original");
        assertThat(original.statusCode()).isEqualTo(200);
        assertThat(original.body()).hasSize(asset.get("size").asInt());
    }
}
