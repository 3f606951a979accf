/** Requests that are made at random from an OpenAPI document, and what their answers must keep to. */
@NullMarked
package io.sluice.testsupport.request;

import org.jspecify.annotations.NullMarked;
