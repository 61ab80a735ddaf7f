/**
 * The whole cloud: operator and admission webhook as people install them, in a world of real components.
 *
 * <p>A {@link cloud.pxc.e2e.Cloud} starts the world, installs the chart into it, and runs both applications under the chart's
 * ServiceAccounts; the demo, the benchmarks and the scenarios use it as people would: with kubectl, dig and openssl.
 *
 * <p>The rule kept here: nothing reaches into the applications; what is not told by status, events, DNS, Secrets or metrics can't
 * be seen.
 */
package cloud.pxc.e2e;
