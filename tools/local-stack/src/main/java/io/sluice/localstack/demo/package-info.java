/**
 * A library of small pictures of every kind that the first road must carry, and of every kind that must not stop it:
 * broken, too large, deadly for a decoder; and handover bundles as the upstream delivers them. Drawn by plain Java from
 * fixed seeds; the same bytes every time.
 */
@NullMarked
package io.sluice.localstack.demo;

import org.jspecify.annotations.NullMarked;
