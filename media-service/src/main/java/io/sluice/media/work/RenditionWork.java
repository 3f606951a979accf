package io.sluice.media.work;

import io.sluice.media.rendition.Rendition;
import io.sluice.messaging.work.Lane;
import io.sluice.messaging.work.WorkRequest;

/**
 * Which work makes a rendition: pictures and small files are image work, streams video work, so that no transcode keeps
 * a poster waiting. All pictures of an asset are one work; each thing that was delivered ready-made is one of its own.
 */
public final class RenditionWork {

    private RenditionWork() {}

    /** What makes that rendition, and with it what else is made in the same go. */
    public static WorkRequest request(Rendition rendition, Lane lane) {
        return WorkRequest.of(classOf(rendition), keyOf(rendition), lane);
    }

    /** Name of the work class. */
    public static String classOf(Rendition rendition) {
        return rendition.isStream() ? VideoWork.NAME : ImageWork.NAME;
    }

    /** Read by {@link ImageTarget} and {@link VideoTarget}. */
    public static String keyOf(Rendition rendition) {
        return rendition.isProvided()
                ? rendition.hash().hex() + "/" + rendition.name() + "/" + rendition.source()
                : rendition.hash().hex();
    }
}
