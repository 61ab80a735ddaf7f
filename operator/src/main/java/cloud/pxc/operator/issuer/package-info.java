/**
 * Accounts at ACME certification authorities (kind AcmeIssuer).
 *
 * <p>An AcmeIssuer and the Secrets it names flow in; an account key in a Secret of the operator's namespace, an account at the
 * CA and a status flow out, and certificates get the account to order with from {@link cloud.pxc.operator.issuer.Accounts}.
 *
 * <p>The rule kept here: the account key is made once and kept before the CA hears of it, so that no crash makes two accounts.
 */
package cloud.pxc.operator.issuer;
