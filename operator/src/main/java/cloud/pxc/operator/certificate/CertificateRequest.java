package cloud.pxc.operator.certificate;

import cloud.pxc.acme.KeyAlgorithm;
import cloud.pxc.crds.certificate.CertificateSpec;
import cloud.pxc.crds.certificate.KeyRotation;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What a Certificate wants, with all defaults.
 *
 * @param dnsNames sorted
 * @param rotateKey whether each certificate gets a key of its own
 */
record CertificateRequest(
        List<String> dnsNames,
        String issuer,
        String secretName,
        KeyAlgorithm algorithm,
        boolean rotateKey,
        RenewBefore renewBefore) {

    static CertificateRequest of(CertificateSpec spec) {
        var key = Optional.ofNullable(spec.privateKey());
        var family = key.map(wanted -> wanted.algorithm()).map(Enum::name).orElse("ECDSA");
        var size = key.map(wanted -> wanted.size()).orElse(family.equals("ECDSA") ? 256 : 2048);
        var rotation = key.map(wanted -> wanted.rotation()).orElse(KeyRotation.Always);
        return new CertificateRequest(
                List.copyOf(new TreeSet<>(spec.dnsNames())),
                spec.issuerRef().name(),
                spec.secretName(),
                KeyAlgorithm.of(family, size).orElse(KeyAlgorithm.ECDSA_P256),
                rotation == KeyRotation.Always,
                RenewBefore.parse(Optional.ofNullable(spec.renewal())
                        .map(renewal -> renewal.before())
                        .orElse("33%")));
    }

    /** What an order is for: an order opened for another purpose is of no use. */
    String purpose() {
        return issuer + " " + algorithm + " " + String.join(" ", dnsNames);
    }
}
