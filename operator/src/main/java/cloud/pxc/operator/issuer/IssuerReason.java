package cloud.pxc.operator.issuer;

import cloud.pxc.operator.status.Reason;

/** Why an AcmeIssuer, or what depends on it, is as it is. */
public enum IssuerReason implements Reason {
    /** The account is there and may order. */
    Registered,
    /** The annotation {@code pxc.cloud/paused} is set. */
    Paused,
    /** A Secret that the spec names is missing or incomplete. */
    SecretInvalid,
    /** The CA can't be reached. */
    Unreachable,
    /** The CA's own TLS certificate is not trusted. */
    Untrusted,
    /** What answers at the URL is no ACME server. */
    NotAcme,
    /** The CA asks for less requests. */
    RateLimited,
    /** The CA wants an external account, or not the one given. */
    ExternalAccountRefused,
    /** Somebody has to agree to something first. */
    UserActionRequired,
    /** The CA does not know the account. */
    AccountMissing,
    /** The CA has closed the account. */
    AccountClosed,
    /** The CA offers no such profile. */
    ProfileUnknown,
    /** The CA will not issue for the names. */
    Rejected,
    /** The CA has forgotten what it was asked about. */
    Gone,
    /** The CA refused for another reason. */
    Refused
}
