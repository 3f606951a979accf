/** What the OpenAPI document says of many operations alike, so that no resource has to repeat it. */
@NullMarked
package io.sluice.gateway.openapi;

import org.jspecify.annotations.NullMarked;
