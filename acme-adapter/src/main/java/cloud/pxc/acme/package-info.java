/**
 * Client of an ACME certification authority (RFC 8555), with account binding, profiles and renewal information (RFC 9773).
 *
 * <p>Names, keys and URLs of orders flow in; challenge values, order states and certificate chains flow out, and every failure
 * comes as one of the kinds of {@link cloud.pxc.acme.AcmeException}, told apart by what the caller can do about it.
 *
 * <p>The rule kept here: one call is one look. Nothing waits, nothing is remembered that the CA does not also know, so that an
 * order goes on from its URL alone after a restart; private keys are handed through and never kept, logged or printed.
 */
package cloud.pxc.acme;
