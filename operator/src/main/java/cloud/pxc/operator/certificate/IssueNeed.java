package cloud.pxc.operator.certificate;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Why a certificate has to be issued.
 *
 * @param message the fact, as a sentence
 */
record IssueNeed(CertificateReason reason, String message) {

    private interface Policy {
        Optional<IssueNeed> violated(CertificateRequest request, HeldSecret.Pair held, Instant renewal, Instant now);
    }

    /** In order of what a person would want to hear first. */
    private static final List<Policy> POLICIES = List.of(
            IssueNeed::keyMismatch,
            IssueNeed::names,
            IssueNeed::issuer,
            IssueNeed::algorithm,
            IssueNeed::expiry,
            IssueNeed::renewal);

    /** The first policy that what is held violates. */
    static Optional<IssueNeed> of(
            CertificateRequest request, HeldSecret held, Optional<Instant> renewalTime, Instant now) {
        var secret = "Secret " + request.secretName();
        return switch (held) {
            case HeldSecret.Missing missing ->
                Optional.of(new IssueNeed(CertificateReason.SecretMissing, secret + " does not exist yet"));
            case HeldSecret.Broken broken ->
                Optional.of(new IssueNeed(CertificateReason.SecretBroken, secret + ": " + broken.message()));
            case HeldSecret.Foreign foreign -> Optional.empty();
            case HeldSecret.Pair pair ->
                POLICIES.stream()
                        .map(policy -> policy.violated(
                                request, pair, renewalTime.orElse(pair.chain().notAfter()), now))
                        .flatMap(Optional::stream)
                        .findFirst();
        };
    }

    private static Optional<IssueNeed> keyMismatch(
            CertificateRequest request, HeldSecret.Pair held, Instant renewal, Instant now) {
        return when(
                !held.matches(),
                CertificateReason.KeyMismatch,
                "the key in Secret " + request.secretName() + " is not that of its certificate");
    }

    private static Optional<IssueNeed> names(
            CertificateRequest request, HeldSecret.Pair held, Instant renewal, Instant now) {
        return when(
                !held.isFor(request.dnsNames()),
                CertificateReason.NamesChanged,
                "the certificate is for " + String.join(", ", held.chain().dnsNames()) + ", wanted is "
                        + String.join(", ", request.dnsNames()));
    }

    private static Optional<IssueNeed> issuer(
            CertificateRequest request, HeldSecret.Pair held, Instant renewal, Instant now) {
        return when(
                !Objects.equals(held.issuer(), request.issuer()),
                CertificateReason.IssuerChanged,
                "the certificate is from AcmeIssuer " + held.issuer() + ", wanted is " + request.issuer());
    }

    private static Optional<IssueNeed> algorithm(
            CertificateRequest request, HeldSecret.Pair held, Instant renewal, Instant now) {
        return when(
                !cloud.pxc.acme.KeyAlgorithm.of(held.key()).equals(Optional.of(request.algorithm())),
                CertificateReason.KeyAlgorithmChanged,
                "wanted is a key of the kind " + request.algorithm());
    }

    private static Optional<IssueNeed> expiry(
            CertificateRequest request, HeldSecret.Pair held, Instant renewal, Instant now) {
        return when(
                !now.isBefore(held.chain().notAfter()),
                CertificateReason.Expired,
                "the certificate ran out at " + held.chain().notAfter());
    }

    private static Optional<IssueNeed> renewal(
            CertificateRequest request, HeldSecret.Pair held, Instant renewal, Instant now) {
        return when(
                !now.isBefore(renewal),
                CertificateReason.RenewalDue,
                "the certificate is to be renewed since " + renewal);
    }

    private static Optional<IssueNeed> when(boolean violated, CertificateReason reason, String message) {
        return violated ? Optional.of(new IssueNeed(reason, message)) : Optional.empty();
    }
}
