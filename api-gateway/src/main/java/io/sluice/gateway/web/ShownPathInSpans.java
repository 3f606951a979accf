package io.sluice.gateway.web;

import jakarta.inject.Singleton;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;

/** What is exported of a request has no credential in it, as the access log has none. */
@Singleton
class ShownPathInSpans implements SpanProcessor {

    /** Semantic conventions for HTTP spans. */
    private static final AttributeKey<String> URL_PATH = AttributeKey.stringKey("url.path");

    @Override
    public void onStart(Context parent, ReadWriteSpan span) {
        String path = span.getAttribute(URL_PATH);
        if (path != null) {
            span.setAttribute(URL_PATH, ShownPath.of(path));
        }
    }

    @Override
    public boolean isStartRequired() {
        return true;
    }

    @Override
    public void onEnd(ReadableSpan span) {}

    @Override
    public boolean isEndRequired() {
        return false;
    }
}
