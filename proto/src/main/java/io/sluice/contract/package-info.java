/** The contracts that no Protobuf file can hold: topics with owner, key, partitions and readers; error codes with their kinds. */
@NullMarked
package io.sluice.contract;

import org.jspecify.annotations.NullMarked;
