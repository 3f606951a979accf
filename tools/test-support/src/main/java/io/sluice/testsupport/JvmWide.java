package io.sluice.testsupport;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** One map for all class loaders of this JVM: that of this class as the system class loader has it. */
public final class JvmWide {

    /** Read by reflection from the copies of this class that other class loaders have. */
    public static final Map<String, Object> VALUES = new ConcurrentHashMap<>();

    private JvmWide() {}

    @SuppressWarnings("unchecked")
    static Map<String, Object> values() {
        try {
            Class<?> shared = Class.forName(JvmWide.class.getName(), true, ClassLoader.getSystemClassLoader());
            return (Map<String, Object>) shared.getField("VALUES").get(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Tests must run on the system class path", e);
        }
    }
}
