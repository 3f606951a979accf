package io.sluice.gateway.web;

import jakarta.ws.rs.QueryParam;

import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;

/** How much of a list, and from where. */
public class PageParameters {

    public static final int DEFAULT_LIMIT = 50;
    public static final int LARGEST_LIMIT = 500;

    @QueryParam("limit")
    @Parameter(description = "At least 1, 50 unless given; more than 500 is 500", example = "50")
    @Nullable
    String limit;

    @QueryParam("cursor")
    @Parameter(description = "next_cursor of the page before; opaque, and only good with the same filters")
    @Nullable
    String cursor;

    /** 1 to 500. */
    public int limit() {
        if (limit == null) {
            return DEFAULT_LIMIT;
        }
        if (!limit.matches("[0-9]{1,18}") || Long.parseLong(limit) < 1) {
            throw new CodedException(ErrorCode.INVALID_REQUEST, "limit: A number from 1 to 500.");
        }
        return (int) Math.min(Long.parseLong(limit), LARGEST_LIMIT);
    }

    /** Empty for the first page. */
    public String cursor() {
        return cursor == null ? "" : cursor;
    }
}
