/** What {@code *IT} tests of the services stand on: a broker and a database shared by the JVM, and looks into both. */
@NullMarked
package io.sluice.testsupport;

import org.jspecify.annotations.NullMarked;
