/**
 * Ingresses: their hosts are claimed, published and reported, their TLS Secrets asked for.
 *
 * <p>Ingresses come in from a watch, wishes for names go out; what became of them is told on the Ingress by the annotation
 * {@code pxc.cloud/dns} and by events, after the fact.
 *
 * <p>The rule kept here: an Ingress gets no finalizer of ours, so that nothing here ever keeps anybody from deleting it.
 */
package cloud.pxc.operator.ingress;
