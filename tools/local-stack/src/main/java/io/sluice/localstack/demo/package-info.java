/**
 * A library of small pictures of every kind that the first road must carry, and of every kind that must not stop it:
 * broken, too large, deadly for a decoder. Drawn by plain Java from fixed seeds; the same bytes every time.
 */
@NullMarked
package io.sluice.localstack.demo;

import org.jspecify.annotations.NullMarked;
