/** What every command has alike: the key that makes sending it again the same command, and the entity tag that it asks for. */
@NullMarked
package io.sluice.gateway.command;

import org.jspecify.annotations.NullMarked;
