package io.sluice.gateway.web;

import java.io.IOException;

import io.vertx.core.http.HttpServerRequest;

/** An answer whose head promised more than can be sent; the only honest end is a connection that ends too early. */
public final class CutOff extends IOException {

    private static final long serialVersionUID = 1L;

    private CutOff(Exception cause) {
        super(cause);
    }

    /** Ends the connection; what is returned is to be thrown, so that nothing more is written. */
    public static CutOff of(HttpServerRequest request, Exception cause) {
        if (!request.response().reset()) {
            request.connection().close();
        }
        return new CutOff(cause);
    }
}
