package cloud.pxc.operator.certificate;

import cloud.pxc.operator.status.Reason;

/** Why a Certificate is as it is, and why one is issued. */
public enum CertificateReason implements Reason {
    /** The Secret holds a good certificate. */
    Issued,
    /** The annotation {@code pxc.cloud/paused} is set. */
    Paused,
    /** There is no Secret yet. */
    SecretMissing,
    /** The Secret holds no readable pair. */
    SecretBroken,
    /** Certificate and key in the Secret don't belong together. */
    KeyMismatch,
    /** The spec wants another kind of key. */
    KeyAlgorithmChanged,
    /** The spec wants other names. */
    NamesChanged,
    /** The spec wants another issuer. */
    IssuerChanged,
    /** The certificate has run out. */
    Expired,
    /** It is time for the next one. */
    RenewalDue,
    /** A Secret of that name is there, and not ours. */
    SecretTaken,
    /** The namespace may not have a certificate for one of the names. */
    NameNotAllowed,
    /** The issuer is missing or not ready. */
    IssuerNotReady,
    /** As many orders are under way as the issuer allows. */
    WaitingForTurn,
    /** A step towards the certificate was made. */
    Ordering,
    /** The challenge records are on their way to every name server. */
    PublishingChallenge,
    /** The challenge records can't be published. */
    ChallengeNotPublished,
    /** The CA is looking the challenge records up. */
    Proving,
    /** The CA is making the certificate. */
    Finalizing,
    /** The CA called the order invalid. */
    OrderFailed,
    /** The operator's own database can't be reached. */
    LedgerUnavailable
}
