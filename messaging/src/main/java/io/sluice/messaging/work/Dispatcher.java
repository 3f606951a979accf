package io.sluice.messaging.work;

/** Releases the work of one class through its window. */
final class Dispatcher {

    static String nameOf(String workClass) {
        return "dispatch-" + workClass;
    }

    private Dispatcher() {}
}
