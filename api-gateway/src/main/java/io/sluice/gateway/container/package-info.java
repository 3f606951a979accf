/** Galleries and collections: containers of assets that bundles bring, linked after their members. */
@NullMarked
package io.sluice.gateway.container;

import org.jspecify.annotations.NullMarked;
