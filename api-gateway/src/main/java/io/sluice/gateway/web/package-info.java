/** What every request passes first and every answer last: the trace it belongs to, and the headers that fence browsers in. */
@NullMarked
package io.sluice.gateway.web;

import org.jspecify.annotations.NullMarked;
