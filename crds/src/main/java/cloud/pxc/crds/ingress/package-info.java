/**
 * What an Ingress says to us: its hosts and our annotations on it.
 *
 * <p>An Ingress comes in, the names it asks for go out; the same for admission and for the operator.
 *
 * <p>The rule kept here: from the object alone.
 */
package cloud.pxc.crds.ingress;
