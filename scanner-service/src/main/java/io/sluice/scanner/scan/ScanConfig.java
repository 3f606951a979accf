package io.sluice.scanner.scan;

import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** {@code sluice.scan.*}. */
@ConfigMapping(prefix = "sluice.scan")
public interface ScanConfig {

    /** From the end of one walk to the start of the next. A person waits a minute for a picture to appear, not more. */
    @WithDefault("60s")
    Duration quickInterval();

    /** What a quick scan cannot see (absence, clocks that disagree) is an hour old at most. */
    @WithDefault("3600s")
    Duration fullInterval();

    /** How long nothing must have happened to a file before it is hashed; a slow copy pauses for less. */
    @WithDefault("5s")
    Duration stableAfter();

    /** How soon a file that may still be written to is looked at again. */
    @WithDefault("2s")
    Duration lookAgainAfter();

    /** A look at the file system that does not come back for so long means that the library is not provably there. */
    @WithDefault("60s")
    Duration hungAfter();

    /** Lower case, without the dot. What is inside is judged later. */
    @WithDefault("jpg,jpeg,jpe,jfif,png,gif,webp,avif,heic,heif,hif,tif,tiff,bmp,jxl,jp2,psd,"
            + "dng,cr2,cr3,crw,nef,nrw,arw,srf,sr2,orf,rw2,raf,pef,srw,rwl,3fr,fff,iiq,mrw,x3f,erf,kdc,dcr,raw,"
            + "mp4,m4v,mov,qt,avi,mkv,webm,mpg,mpeg,m2v,mts,m2ts,wmv,asf,flv,f4v,3gp,3g2,ogv,mxf,insv")
    Set<String> mediaExtensions();

    /** Tells every value that cannot be meant. */
    default void check(Consumer<String> wrong) {
        atLeast("quick-interval", quickInterval(), Duration.ofSeconds(1), wrong);
        atLeast("full-interval", fullInterval(), quickInterval(), wrong);
        atLeast("stable-after", stableAfter(), Duration.ofSeconds(1), wrong);
        atLeast("look-again-after", lookAgainAfter(), Duration.ofMillis(100), wrong);
        atLeast("hung-after", hungAfter(), Duration.ofSeconds(1), wrong);
        for (String extension : mediaExtensions()) {
            if (!extension.matches("[a-z0-9]+")) {
                wrong.accept("sluice.scan.media-extensions: \"" + extension
                        + "\" is no extension; give lower case letters and digits without the dot");
            }
        }
    }

    private static void atLeast(String key, Duration given, Duration least, Consumer<String> wrong) {
        if (given.compareTo(least) < 0) {
            wrong.accept("sluice.scan." + key + ": " + given + " is too short; give at least " + least);
        }
    }
}
