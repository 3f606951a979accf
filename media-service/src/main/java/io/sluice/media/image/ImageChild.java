package io.sluice.media.image;

import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.messaging.child.ChildServer;

/**
 * The process that decodes: what a picture may crash, hang or blow up is this. Started by {@link ImageDecoders}; its one
 * setting is the name of the library, as a system property.
 */
final class ImageChild {

    static final String LIBRARY = "sluice.vips.library";

    /** Asks for the version of libvips; answered with nothing when there is none. */
    static final byte[] WHICH_VERSION = {};

    private final String library;
    private @Nullable Vips vips;

    private ImageChild(String library) {
        this.library = library;
    }

    public static void main(String[] arguments) {
        ImageChild child = new ImageChild(System.getProperty(LIBRARY, "libvips.so.42"));
        ChildServer.serve(child::answer);
    }

    static CodedException missing(String library) {
        return new CodedException(
                ErrorCode.DECODER_MISSING,
                "libvips cannot be loaded as %s: install it (Debian: apt-get install libvips42) or name it by sluice.image.vips-library"
                        .formatted(library));
    }

    private byte[] answer(byte[] request) {
        Vips ready = vips();
        if (request.length == 0) {
            return ready == null ? new byte[0] : ready.version().getBytes(StandardCharsets.UTF_8);
        }
        if (ready == null) {
            CodedException missing = missing(library);
            return AnswerWire.bytes(new LadderAnswer.Refused(missing.code(), String.valueOf(missing.getMessage())));
        }
        return AnswerWire.bytes(new MakeLadder(ready).make(LadderRequest.from(request)));
    }

    /** Tried again with every request: installed while we wait, it is found without a restart. */
    private @Nullable Vips vips() {
        if (vips == null) {
            try {
                vips = Vips.start(library);
            } catch (IllegalArgumentException e) {
                System.err.println(e.getMessage());
            }
        }
        return vips;
    }
}
