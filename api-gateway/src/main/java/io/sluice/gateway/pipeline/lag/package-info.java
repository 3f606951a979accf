/**
 * How far every consumer group, every class of work and every reader without a group is behind: measured by one loop,
 * judged by one function, told as JSON and as meters. What could not be measured is unknown.
 */
@NullMarked
package io.sluice.gateway.pipeline.lag;

import org.jspecify.annotations.NullMarked;
