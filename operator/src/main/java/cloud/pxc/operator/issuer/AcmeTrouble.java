package cloud.pxc.operator.issuer;

import cloud.pxc.acme.AcmeException;
import cloud.pxc.operator.status.Verdict;
import java.time.Instant;
import java.util.Optional;

/**
 * What went wrong with a CA as a person should read it, and when to try again.
 *
 * @param notBefore when the CA itself wants to be asked again at the earliest
 */
public record AcmeTrouble(Verdict verdict, Optional<Instant> notBefore) {

    /** Tells the failure of an issuer of that name. */
    public static AcmeTrouble of(String issuer, AcmeException failure) {
        var who = "AcmeIssuer " + issuer + ": ";
        return switch (failure) {
            case AcmeException.Unavailable down ->
                failing(
                        IssuerReason.Unreachable,
                        who + down.getMessage()
                                + "; check spec.server and the way from the operator to it; it is tried again by itself",
                        down.retryAfter());
            case AcmeException.Untrusted untrusted ->
                failing(
                        IssuerReason.Untrusted,
                        who + untrusted.getMessage()
                                + "; name the Secret with the CA that signed it in spec.caRef (key ca.crt, PEM)",
                        Optional.empty());
            case AcmeException.NotAcme notAcme ->
                failing(
                        IssuerReason.NotAcme,
                        who + notAcme.getMessage() + " Make another AcmeIssuer with the right spec.server",
                        Optional.empty());
            case AcmeException.RateLimited limited ->
                failing(
                        IssuerReason.RateLimited,
                        who + "the CA's rate limit is reached: "
                                + limited.getMessage()
                                + limited.retryAfter()
                                        .map(at -> "; it is tried again after " + at)
                                        .orElse("; it is tried again by itself"),
                        limited.retryAfter());
            case AcmeException.ExternalAccountRefused refused ->
                stalled(
                        IssuerReason.ExternalAccountRefused,
                        who + refused.getMessage()
                                + "; set spec.externalAccountBinding to the key id and the Secret with the MAC key (key hmacKey)"
                                + " that the CA gave out");
            case AcmeException.UserActionRequired action ->
                stalled(
                        IssuerReason.UserActionRequired,
                        who
                                + action.getMessage()
                                + action.page().map(page -> "; visit " + page).orElse(""));
            case AcmeException.AccountMissing missing ->
                failing(
                        IssuerReason.AccountMissing,
                        who + missing.getMessage() + "; the account is registered again by itself",
                        Optional.empty());
            case AcmeException.Unauthorized unauthorized ->
                failing(
                        IssuerReason.AccountClosed,
                        who + unauthorized.getMessage()
                                + "; see whether the CA has closed the account, and delete the Secret of the account key to get a new one",
                        Optional.empty());
            case AcmeException.Rejected rejected ->
                stalled(
                        IssuerReason.Rejected,
                        who + "the CA will not issue: " + rejected.getMessage()
                                + "; choose other names, allow the CA in the CAA record, or ask another CA");
            case AcmeException.ProfileUnknown unknown ->
                stalled(
                        IssuerReason.ProfileUnknown,
                        who + unknown.getMessage() + "; set spec.profile to one of those, or leave it out");
            case AcmeException.Gone gone -> failing(IssuerReason.Gone, who + gone.getMessage(), Optional.empty());
            case AcmeException.Refused refused ->
                failing(IssuerReason.Refused, who + "the CA refused: " + refused.getMessage(), Optional.empty());
        };
    }

    private static AcmeTrouble failing(IssuerReason reason, String message, Optional<Instant> notBefore) {
        return new AcmeTrouble(new Verdict.Failing(reason, message), notBefore);
    }

    private static AcmeTrouble stalled(IssuerReason reason, String message) {
        return new AcmeTrouble(new Verdict.Stalled(reason, message), Optional.empty());
    }
}
