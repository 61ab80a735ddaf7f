package cloud.pxc.world;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.HexFormat;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
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
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** An authority of the world's own, for the TLS servers in it: a Proxmox cluster's, the ACME CA's front, the API server's. */
public final class CertificateAuthority {
    private static final Duration LIFETIME = Duration.ofDays(3650);

    private final Clock clock;
    private final KeyPair keys = newKeys();
    private final X500Name name;
    private final X509Certificate certificate;

    /** @param distinguishedName for example {@code CN=Test CA, O=pxc} */
    public CertificateAuthority(String distinguishedName, Clock clock) {
        this.clock = clock;
        this.name = new X500Name(distinguishedName);
        try {
            this.certificate = sign(builder(name, keys)
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(true))
                    .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign)));
        } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException("The authority " + distinguishedName + " could not be made", e);
        }
    }

    /** A server's certificate (with its CA behind it) and key, both PEM, and its SHA-256 fingerprint as {@code AA:BB:…}. */
    public record Identity(String certificatePem, String keyPem, String fingerprint) {
        @Override
        public String toString() {
            return "Identity[" + fingerprint + "]";
        }
    }

    /** The authority's own certificate. */
    public String pem() {
        try {
            return pem(certificate);
        } catch (IOException e) {
            throw new IllegalStateException("The CA certificate could not be written as PEM", e);
        }
    }

    /** TLS settings of a client that trusts this authority alone. */
    public SSLContext clientContext() {
        try {
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            store.setCertificateEntry("authority", certificate);
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            var context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("No TLS client could be made that trusts " + name, e);
        }
    }

    /** @param host name of the server; the certificate is also good for 127.0.0.1 and localhost */
    public Identity issue(String host) {
        try {
            var hostKeys = newKeys();
            var names = new GeneralNames(new GeneralName[] {
                new GeneralName(GeneralName.iPAddress, "127.0.0.1"),
                new GeneralName(GeneralName.dNSName, "localhost"),
                new GeneralName(GeneralName.dNSName, host)
            });
            var issued = sign(builder(new X500Name("CN=" + host), hostKeys)
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                    .addExtension(
                            Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))
                    .addExtension(Extension.subjectAlternativeName, false, names));
            var key = pem(new JcaPKCS8Generator(hostKeys.getPrivate(), null));
            return new Identity(pem(issued) + pem(), key, fingerprint(issued));
        } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException("No certificate could be made for " + host, e);
        }
    }

    private X509v3CertificateBuilder builder(X500Name subject, KeyPair subjectKeys) {
        var now = clock.instant();
        return new JcaX509v3CertificateBuilder(
                name,
                new BigInteger(96, new SecureRandom()),
                Date.from(now.minus(Duration.ofDays(1))),
                Date.from(now.plus(LIFETIME)),
                subject,
                subjectKeys.getPublic());
    }

    private X509Certificate sign(X509v3CertificateBuilder builder)
            throws OperatorCreationException, GeneralSecurityException {
        var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate());
        return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    }

    private static KeyPair newKeys() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java has no P-256 keys", e);
        }
    }

    private static String pem(Object object) throws IOException {
        var text = new StringWriter();
        try (var writer = new JcaPEMWriter(text)) {
            writer.writeObject(object);
        }
        return text.toString();
    }

    private static String fingerprint(X509Certificate certificate) throws GeneralSecurityException {
        var digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
        return HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest);
    }
}
