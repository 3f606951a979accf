/** What others ask of media by gRPC: what there is, how much of it, make it again, play it now. */
@NullMarked
package io.sluice.media.answer;

import org.jspecify.annotations.NullMarked;
