/**
 * The certificate the webhook serves with, and the CA by which the API server knows it.
 *
 * <p>The replicas share them in a Secret; a certificate for the TLS server comes out, and the CA bundle in the webhook configuration.
 *
 * <p>The rule kept here: a CA is in the bundle long before a certificate of it is served, and stays there after.
 */
package cloud.pxc.admission.serving;
