package io.sluice.ingest.handover;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** {@code sluice.handover.*}: how much a bundle may ask of us. What is larger is refused with the name of the setting. */
@ConfigMapping(prefix = "sluice.handover")
public interface HandoverConfig {

    /** Bytes of a manifest: 200,000 items of 330 bytes each. */
    @WithDefault("67108864")
    long manifestBytes();

    /** Entries of a manifest, and members of one container: the largest bundle seen has 89. */
    @WithDefault("200000")
    int items();

    /** Objects and arrays inside each other; ours need 4. */
    @WithDefault("32")
    int nesting();

    /** Characters of one string. */
    @WithDefault("65536")
    int stringLength();

    /** Files of a payload folder that are counted to compare the manifest's totals; more are not worth the time. */
    @WithDefault("20000")
    int countedFiles();
}
