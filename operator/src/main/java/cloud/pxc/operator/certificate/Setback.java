package cloud.pxc.operator.certificate;

import cloud.pxc.acme.AcmeException;
import cloud.pxc.operator.issuer.AcmeTrouble;
import cloud.pxc.operator.status.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a failure means for the attempt.
 *
 * @param orderUseless whether the order under way can't be gone on with
 * @param refused whether the CA said no, as against not being there
 * @param notBefore when the CA wants to be asked again at the earliest
 */
record Setback(Verdict verdict, boolean orderUseless, boolean refused, Optional<Instant> notBefore) {

    static Setback of(String issuer, AcmeException failure) {
        var trouble = AcmeTrouble.of(issuer, failure);
        return switch (failure) {
            case AcmeException.Unavailable e -> of(trouble, false, false);
            case AcmeException.Untrusted e -> of(trouble, false, false);
            case AcmeException.NotAcme e -> of(trouble, false, false);
            case AcmeException.AccountMissing e -> of(trouble, true, false);
            case AcmeException.Unauthorized e -> of(trouble, true, true);
            case AcmeException.Gone e -> of(trouble, true, false);
            case AcmeException.RateLimited e -> of(trouble, false, true);
            case AcmeException.ExternalAccountRefused e -> of(trouble, true, true);
            case AcmeException.UserActionRequired e -> of(trouble, false, true);
            case AcmeException.Rejected e -> of(trouble, true, true);
            case AcmeException.ProfileUnknown e -> of(trouble, true, true);
            case AcmeException.Refused e -> of(trouble, true, true);
        };
    }

    private static Setback of(AcmeTrouble trouble, boolean orderUseless, boolean refused) {
        return new Setback(trouble.verdict(), orderUseless, refused, trouble.notBefore());
    }

    /** When the next attempt may be made, after that many failures in a row. */
    Instant nextAttempt(int failures, CertificateSettings settings, Instant now) {
        var wait = refused
                ? doubled(settings.refused().first(), settings.refused().max(), failures)
                : doubled(settings.unreachable().first(), settings.unreachable().max(), failures);
        var own = now.plus(wait);
        return notBefore.filter(own::isBefore).orElse(own);
    }

    private static Duration doubled(Duration first, Duration max, int failures) {
        var wait = first.multipliedBy(1L << Math.min(Math.max(failures, 1) - 1, 30));
        return wait.compareTo(max) < 0 ? wait : max;
    }
}
