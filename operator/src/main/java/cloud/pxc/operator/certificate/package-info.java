/**
 * Certificates: ordered, proven through our own zones, kept in Secrets, renewed and copied (kind Certificate).
 *
 * <p>A Certificate, its Secrets, its order at the CA and its challenge records flow in; one step after the other flows out,
 * planned by {@link cloud.pxc.operator.certificate.CertificatePlanner} from what is there, never from what was done before.
 *
 * <p>The rule kept here: the key is in a Secret before an order is opened with it, the order's URL is in the status before the
 * order is used, and the TLS Secret gets certificate and key in one write, so that a crash anywhere loses and doubles nothing.
 */
package cloud.pxc.operator.certificate;
