/** Assets as clients see them: what ingest knows of one, joined with what media made of it by one question a page. */
@NullMarked
package io.sluice.gateway.asset;

import org.jspecify.annotations.NullMarked;
