package cloud.pxc.acme;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * A certificate and those it is signed by, in the order a TLS server sends them: the own one first, the root left out.
 *
 * @param certificates at least one
 */
public record CertificateChain(List<X509Certificate> certificates) {

    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});
    private static final int DNS_NAME = 2;

    public CertificateChain {
        certificates = List.copyOf(certificates);
        if (certificates.isEmpty()) {
            throw new IllegalArgumentException("a chain holds at least one certificate");
        }
    }

    /**
     * Reads concatenated PEM certificates.
     *
     * @throws IllegalArgumentException where the text holds none, or a broken one
     */
    public static CertificateChain parse(String pem) {
        try {
            var factory = CertificateFactory.getInstance("X.509");
            var in = new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII));
            return new CertificateChain(factory.generateCertificates(in).stream()
                    .map(X509Certificate.class::cast)
                    .toList());
        } catch (CertificateException e) {
            throw new IllegalArgumentException("the PEM certificates can't be read", e);
        }
    }

    /** Concatenated PEM (RFC 8555 section 9.1), ending with a line feed. */
    public String pem() {
        var text = new StringBuilder();
        for (var certificate : certificates) {
            text.append("-----BEGIN CERTIFICATE-----\n")
                    .append(LINES.encodeToString(encoded(certificate)))
                    .append("\n-----END CERTIFICATE-----\n");
        }
        return text.toString();
    }

    public X509Certificate leaf() {
        return certificates.getFirst();
    }

    public PublicKey publicKey() {
        return leaf().getPublicKey();
    }

    public Instant notBefore() {
        return leaf().getNotBefore().toInstant();
    }

    public Instant notAfter() {
        return leaf().getNotAfter().toInstant();
    }

    /** The serial number in lower-case hexadecimal, as {@code openssl x509 -serial} has it but for the case. */
    public String serial() {
        return leaf().getSerialNumber().toString(16);
    }

    /** The DNS names the certificate is for, lower case. */
    public Set<String> dnsNames() {
        try {
            var names = new TreeSet<String>();
            var alternatives = leaf().getSubjectAlternativeNames();
            if (alternatives != null) {
                alternatives.stream()
                        .filter(name -> name.get(0).equals(DNS_NAME))
                        .forEach(name -> names.add(name.get(1).toString().toLowerCase(Locale.ROOT)));
            }
            return names;
        } catch (CertificateParsingException e) {
            throw new IllegalArgumentException("the certificate's names can't be read", e);
        }
    }

    private static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that was read can't be written", e);
        }
    }

    @Override
    public String toString() {
        return "CertificateChain[serial=" + serial() + ", notAfter=" + notAfter() + ", length=" + certificates.size()
                + "]";
    }
}
