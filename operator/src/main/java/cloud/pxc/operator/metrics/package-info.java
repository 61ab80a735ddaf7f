/** What is counted for Prometheus, at {@code /q/metrics}: how many there are of what, never one by one. */
package cloud.pxc.operator.metrics;
