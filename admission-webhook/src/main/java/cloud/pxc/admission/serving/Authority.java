package cloud.pxc.admission.serving;

import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.IPAddress;

/** A certificate authority that knows this webhook alone: ECDSA on P-256. */
record Authority(X509Certificate certificate, PrivateKey key) {

    /** Clocks of other machines may be behind; of a short life it is but a small part. */
    private static final Duration SKEW = Duration.ofMinutes(5);

    private static final int SKEW_PART = 20;

    private static final int SERIAL_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** A server's certificate and its key. */
    record Leaf(X509Certificate certificate, PrivateKey key) {

        @Override
        public String toString() {
            return "Leaf[" + certificate.getSerialNumber() + "]";
        }
    }

    static Authority make(Instant now, Duration lifetime) {
        var keys = newKeys();
        var serial = new BigInteger(SERIAL_BITS, RANDOM);
        var name = new X500Name("CN=pxc-admission-webhook CA " + serial.toString(Character.MAX_RADIX));
        try {
            var utils = new JcaX509ExtensionUtils();
            var builder = builder(name, serial, now, now.plus(lifetime), name, keys)
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
                    .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign))
                    .addExtension(
                            Extension.subjectKeyIdentifier, false, utils.createSubjectKeyIdentifier(keys.getPublic()));
            return new Authority(sign(builder, keys.getPrivate()), keys.getPrivate());
        } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException("No CA could be made for the serving certificate", e);
        }
    }

    /** A certificate for these host names and addresses, for as long as the authority is valid. */
    Leaf issue(Set<String> hosts, Instant now) {
        var keys = newKeys();
        var names = new TreeSet<>(hosts).stream().map(Authority::generalName).toArray(GeneralName[]::new);
        try {
            var utils = new JcaX509ExtensionUtils();
            var builder = builder(
                            new X500Name(certificate.getSubjectX500Principal().getName()),
                            new BigInteger(SERIAL_BITS, RANDOM),
                            now,
                            notAfter(),
                            new X500Name("CN=pxc-admission-webhook"),
                            keys)
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                    .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                    .addExtension(
                            Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))
                    .addExtension(
                            Extension.authorityKeyIdentifier, false, utils.createAuthorityKeyIdentifier(certificate))
                    .addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
            return new Leaf(sign(builder, key), keys.getPrivate());
        } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException("No serving certificate could be made for " + hosts, e);
        }
    }

    Instant notAfter() {
        return certificate.getNotAfter().toInstant();
    }

    @Override
    public String toString() {
        return "Authority[" + certificate.getSubjectX500Principal().getName() + "]";
    }

    /** When that part of its life is over. */
    Instant lived(int part, int of) {
        var begin = certificate.getNotBefore().toInstant();
        return begin.plus(Duration.between(begin, notAfter()).multipliedBy(part).dividedBy(of));
    }

    /** A host name or an address in the one form in which a certificate gives it back. */
    static String canonical(String host) {
        try {
            return IPAddress.isValid(host)
                    ? InetAddress.getByName(host).getHostAddress()
                    : host.toLowerCase(Locale.ROOT);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(host + " is no address", e);
        }
    }

    private static GeneralName generalName(String host) {
        return new GeneralName(IPAddress.isValid(host) ? GeneralName.iPAddress : GeneralName.dNSName, host);
    }

    private static X509v3CertificateBuilder builder(
            X500Name issuer, BigInteger serial, Instant now, Instant end, X500Name subject, KeyPair keys) {
        var small = Duration.between(now, end).dividedBy(SKEW_PART);
        var skew = small.compareTo(SKEW) < 0 ? small : SKEW;
        return new JcaX509v3CertificateBuilder(
                issuer, serial, Date.from(now.minus(skew)), Date.from(end), subject, keys.getPublic());
    }

    private static X509Certificate sign(X509v3CertificateBuilder builder, PrivateKey key)
            throws OperatorCreationException, GeneralSecurityException {
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key)));
    }

    private static KeyPair newKeys() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), RANDOM);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java has no P-256 keys", e);
        }
    }
}
