/**
 * An account at an ACME certification authority (RFC 8555).
 *
 * <p>The spec comes from the platform team; the status tells the account.
 *
 * <p>The rule kept here: another CA is another issuer.
 */
package cloud.pxc.crds.issuer;
