package cloud.pxc.operator.certificate;

import cloud.pxc.operator.issuer.IssuerView;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a Certificate at a moment.
 *
 * @param held what its Secret holds
 * @param renewalTime when what it holds is renewed; empty without a readable pair
 * @param attempt what the status remembers
 * @param nextKey the key kept for the next certificate
 * @param refusals why the namespace may not have these names, a sentence each
 * @param issuer the issuer; looked at only while something is to be issued
 * @param order the order under way; looked at only while there is one and the issuer can be used
 * @param published the challenge records
 */
record CertificateFacts(
        HeldSecret held,
        Optional<Instant> renewalTime,
        Attempt attempt,
        Optional<NextKey> nextKey,
        List<String> refusals,
        Optional<IssuerView> issuer,
        Optional<OrderView> order,
        ChallengeRecords.Published published,
        Instant now) {

    /**
     * @param order URL of the order under way
     * @param notBefore no further attempt before that
     */
    record Attempt(Optional<URI> order, int failures, Optional<Instant> notBefore) {
        static final Attempt NONE = new Attempt(Optional.empty(), 0, Optional.empty());
    }
}
