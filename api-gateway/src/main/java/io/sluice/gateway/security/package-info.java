/**
 * Who may do what. An API key (or the console's session, which stands for one) has a role; every operation names the
 * least role it needs, and one that names none is refused to all. Secrets are kept as SHA-256 only and never logged.
 */
@NullMarked
package io.sluice.gateway.security;

import org.jspecify.annotations.NullMarked;
