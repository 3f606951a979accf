package io.sluice.gateway.deadletter;

import java.util.UUID;

import com.google.protobuf.ByteString;
import com.google.protobuf.util.Timestamps;

import io.sluice.contract.messaging.v1.DeadLetter;

/** Dead letters as services tell them. */
final class Letters {

    /** When the first was written; each further one a millisecond later. */
    static final long FIRST_AT = 1_760_000_000_000L;

    private Letters() {}

    static DeadLetter letter(int number, String service, String source, String errorCode) {
        long millis = FIRST_AT + number;
        return DeadLetter.newBuilder()
                .setId(new UUID(millis << 16 | 0x7000, 0x8000_0000_0000_0000L | number).toString())
                .setService(service)
                .setSource(source)
                .setOrigin("image")
                .setKey(ByteString.copyFromUtf8("key " + number))
                .setErrorCode(errorCode)
                .setErrorKind("TRANSIENT")
                .setCause("It died.")
                .setAttempts(4)
                .setCreatedAt(Timestamps.fromMillis(millis))
                .setValue(ByteString.copyFrom(new byte[] {1, 2, 3}))
                .build();
    }
}
