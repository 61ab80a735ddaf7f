/**
 * Proves that the chart installs, as people would install it.
 *
 * <p>Values go in, what real Helm renders of them goes to a real API server.
 *
 * <p>The rule kept here: no object that the API server refuses, no permission beyond what is named.
 */
package cloud.pxc.helm;
