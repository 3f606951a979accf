package io.sluice.gateway.openapi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.gateway.world.GatewayInfra;
import io.sluice.gateway.world.Rest;
import io.sluice.testsupport.SluiceInfra;

/**
 * docs/openapi.json is what the gateway serves, so that no client is surprised and every change of the contract is seen in
 * review. {@code -Dopenapi.write=true} writes it anew.
 */
@QuarkusTest
@WithTestResource(SluiceInfra.class)
@WithTestResource(GatewayInfra.class)
class CommittedContractIT {

    private static final Path COMMITTED = Path.of("../docs/openapi.json");

    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

    @Test
    void theCommittedDocumentIsTheServedOne() throws IOException {
        String served = canonical(Rest.anonymous().get("/q/openapi?format=json").bytes());
        if (Boolean.getBoolean("openapi.write")) {
            Files.writeString(COMMITTED, served, UTF_8);
        }
        assertThat(Files.readString(COMMITTED, UTF_8))
                .as(
                        "the contract changed: look at the difference, then run this test with -Dopenapi.write=true and commit")
                .isEqualTo(served);
    }

    /** The same document is the same text, in whatever order it was built. */
    private static String canonical(byte[] document) throws IOException {
        return JSON.writeValueAsString(JSON.readValue(document, Object.class)) + "\n";
    }
}
