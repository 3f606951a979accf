/** The chart, its dashboards and its alerts, held against the code of the services and the models of Kubernetes. */
@NullMarked
package io.sluice.chart;

import org.jspecify.annotations.NullMarked;
