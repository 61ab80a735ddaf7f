package cloud.pxc.operator.certificate;

import cloud.pxc.acme.CertificateChain;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.cert.CertificateException;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Certificates for tests in which no CA takes part. */
final class SelfSigned {

    private SelfSigned() {}

    static CertificateChain chain(KeyPair keys, List<String> dnsNames, Instant notBefore, Instant notAfter) {
        try {
            var name = new X500Name("CN=self");
            var builder = new JcaX509v3CertificateBuilder(
                    name, BigInteger.valueOf(4711), Date.from(notBefore), Date.from(notAfter), name, keys.getPublic());
            var names = dnsNames.stream()
                    .map(dnsName -> new GeneralName(GeneralName.dNSName, dnsName))
                    .toArray(GeneralName[]::new);
            builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
            var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate());
            return new CertificateChain(
                    List.of(new JcaX509CertificateConverter().getCertificate(builder.build(signer))));
        } catch (CertIOException | CertificateException | OperatorCreationException e) {
            throw new IllegalStateException("no certificate could be made for a test", e);
        }
    }
}
