package io.sluice.gateway.command;

import jakarta.inject.Singleton;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

import org.jboss.resteasy.reactive.server.ServerResponseFilter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Gives answers about one thing their entity tag, and says so in few bytes when the caller has it already. */
@Singleton
public class TagAnswers {

    private final ObjectMapper json;

    TagAnswers(ObjectMapper json) {
        this.json = json;
    }

    @ServerResponseFilter
    public void tag(ContainerRequestContext request, ContainerResponseContext answer) throws JsonProcessingException {
        if (answer.getStatus() != Response.Status.OK.getStatusCode() || !(answer.getEntity() instanceof Tagged shown)) {
            return;
        }
        String tag = EntityTags.of(shown.version(), json.writeValueAsBytes(shown));
        answer.getHeaders().putSingle(HttpHeaders.ETAG, tag);
        answer.getHeaders().putSingle(HttpHeaders.CACHE_CONTROL, "private, no-cache");
        if (request.getMethod().equals(HttpMethod.GET)
                && EntityTags.isKnown(request.getHeaderString(HttpHeaders.IF_NONE_MATCH), tag)) {
            answer.setStatus(Response.Status.NOT_MODIFIED.getStatusCode());
            answer.setEntity(null);
        }
    }
}
