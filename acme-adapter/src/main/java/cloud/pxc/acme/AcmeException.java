package cloud.pxc.acme;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/** What a CA, or the way to it, refused; the kinds differ by what the caller can do. The message is a sentence for a person. */
public abstract sealed class AcmeException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private AcmeException(String message, Throwable cause) {
        super(message, cause);
    }

    /** The CA can't be reached, or is out of order. Worth trying again, not before {@link #retryAfter()}. */
    public static final class Unavailable extends AcmeException {
        private static final long serialVersionUID = 1;
        private final transient Optional<Instant> retryAfter;

        Unavailable(String message, Optional<Instant> retryAfter, Throwable cause) {
            super(message, cause);
            this.retryAfter = retryAfter;
        }

        public Optional<Instant> retryAfter() {
            return retryAfter;
        }
    }

    /** The CA's TLS certificate is not trusted: somebody has to name the CA that signed it. */
    public static final class Untrusted extends AcmeException {
        private static final long serialVersionUID = 1;

        Untrusted(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** There is something at the URL, but no ACME server. */
    public static final class NotAcme extends AcmeException {
        private static final long serialVersionUID = 1;

        NotAcme(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** A kind of failure that the CA describes by a problem document. */
    public abstract static sealed class Told extends AcmeException {
        private static final long serialVersionUID = 1;
        private final transient AcmeProblem problem;

        private Told(AcmeProblem problem, Throwable cause) {
            super(problem.sentence(), cause);
            this.problem = problem;
        }

        public AcmeProblem problem() {
            return problem;
        }
    }

    /** Too many requests of one sort (RFC 8555 section 6.6); to be tried again after {@link #retryAfter()}, if the CA says when. */
    public static final class RateLimited extends Told {
        private static final long serialVersionUID = 1;
        private final transient Optional<Instant> retryAfter;

        RateLimited(AcmeProblem problem, Optional<Instant> retryAfter, Throwable cause) {
            super(problem, cause);
            this.retryAfter = retryAfter;
        }

        public Optional<Instant> retryAfter() {
            return retryAfter;
        }
    }

    /** The CA does not know the account (any more): register again. */
    public static final class AccountMissing extends Told {
        private static final long serialVersionUID = 1;

        AccountMissing(AcmeProblem problem, Throwable cause) {
            super(problem, cause);
        }
    }

    /** The account may not do this: deactivated, revoked, or not the owner. */
    public static final class Unauthorized extends Told {
        private static final long serialVersionUID = 1;

        Unauthorized(AcmeProblem problem, Throwable cause) {
            super(problem, cause);
        }
    }

    /** The CA wants an account made outside of ACME to be named, or does not accept the one that was. */
    public static final class ExternalAccountRefused extends Told {
        private static final long serialVersionUID = 1;

        ExternalAccountRefused(AcmeProblem problem, Throwable cause) {
            super(problem, cause);
        }
    }

    /** Somebody has to visit a page first, usually to agree to new terms (RFC 8555 section 7.3.3). */
    public static final class UserActionRequired extends Told {
        private static final long serialVersionUID = 1;
        private final transient Optional<URI> page;

        UserActionRequired(AcmeProblem problem, Optional<URI> page, Throwable cause) {
            super(problem, cause);
            this.page = page;
        }

        public Optional<URI> page() {
            return page;
        }
    }

    /** The CA will not issue for these names: policy, CAA record, or a name it can't handle. */
    public static final class Rejected extends Told {
        private static final long serialVersionUID = 1;

        Rejected(AcmeProblem problem, Throwable cause) {
            super(problem, cause);
        }
    }

    /** The CA has no such profile. */
    public static final class ProfileUnknown extends Told {
        private static final long serialVersionUID = 1;

        ProfileUnknown(AcmeProblem problem, Throwable cause) {
            super(problem, cause);
        }
    }

    /** The CA does not know the order, challenge or certificate (any more): start a new order. */
    public static final class Gone extends Told {
        private static final long serialVersionUID = 1;

        Gone(AcmeProblem problem, Throwable cause) {
            super(problem, cause);
        }
    }

    /** Everything else the CA refuses, among it what is our own mistake ({@code malformed}, {@code badCSR}, …). */
    public static final class Refused extends Told {
        private static final long serialVersionUID = 1;

        Refused(AcmeProblem problem, Throwable cause) {
            super(problem, cause);
        }
    }
}
