/**
 * A certificate that is issued, kept in a Secret and renewed.
 *
 * <p>The spec comes from a tenant or is made for an Ingress; the status holds the order under way and what is issued.
 *
 * <p>The rule kept here: the order's URL is in the status before anything is asked of the CA with it.
 */
package cloud.pxc.crds.certificate;
