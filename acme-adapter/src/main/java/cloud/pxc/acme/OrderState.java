package cloud.pxc.acme;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** An order as one look at the CA shows it (RFC 8555 section 7.1.6). */
public sealed interface OrderState {

    /** Identifies the order at the CA; all that has to be kept of it. */
    URI order();

    /**
     * Names are to be proven.
     *
     * @param challenges one for each name; those already proven are among them
     * @param expires when the CA forgets the order
     * @param retryAfter when the CA wants to be asked again at the earliest
     */
    record Pending(URI order, List<Dns01Challenge> challenges, Optional<Instant> expires, Optional<Instant> retryAfter)
            implements OrderState {
        public Pending {
            challenges = List.copyOf(challenges);
        }
    }

    /** All names are proven: the order can be finalized. */
    record Ready(URI order) implements OrderState {}

    /** The CA is issuing. */
    record Processing(URI order, Optional<Instant> retryAfter) implements OrderState {}

    /** The certificate can be downloaded. */
    record Valid(URI order, URI certificate) implements OrderState {}

    /** Nothing more becomes of this order. */
    record Invalid(URI order, AcmeProblem problem) implements OrderState {}
}
