package cloud.pxc.proxmox;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * A {@link Trust} as TLS needs it.
 *
 * @param names who says whether a certificate is for the host that was asked; empty: as usual
 */
record Recognition(SSLSocketFactory sockets, X509TrustManager certificates, Optional<HostnameVerifier> names) {

    private static final HostnameVerifier ANY_NAME = (host, session) -> true;

    /** @throws IllegalArgumentException with a sentence when nothing could ever be trusted that way */
    static Recognition by(Trust trust) {
        return switch (trust) {
            case Trust.Authorities(String pem) -> of(authorities(pem), Optional.empty());
            case Trust.Fingerprints(var sha256) ->
                of(new PinnedCertificates(fingerprints(sha256)), Optional.of(ANY_NAME));
            case Trust.System() -> of(standard(null), Optional.empty());
            case Trust.Insecure() -> of(new AnyCertificate(), Optional.of(ANY_NAME));
        };
    }

    private static Recognition of(X509TrustManager certificates, Optional<HostnameVerifier> names) {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {certificates}, null);
            return new Recognition(context.getSocketFactory(), certificates, names);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java has no TLS", e);
        }
    }

    private static X509TrustManager authorities(String pem) {
        try {
            var bytes = new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII));
            var certificates = CertificateFactory.getInstance("X.509").generateCertificates(bytes);
            if (certificates.isEmpty()) {
                throw new CertificateException("there is none in it");
            }
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (var certificate : certificates) {
                store.setCertificateEntry("authority-" + store.size(), certificate);
            }
            return standard(store);
        } catch (CertificateException e) {
            throw new IllegalArgumentException(
                    "The CA of Proxmox VE must be one or more certificates in PEM form, such as /etc/pve/pve-root-ca.pem of"
                            + " any node; what is given can't be read (" + e.getMessage() + ")",
                    e);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("This Java can't trust a CA of our own", e);
        }
    }

    /** @param store null: what Java trusts */
    private static X509TrustManager standard(KeyStore store) {
        try {
            var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return Arrays.stream(factory.getTrustManagers())
                    .filter(X509TrustManager.class::isInstance)
                    .map(X509TrustManager.class::cast)
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("This Java verifies no certificates"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java verifies no certificates", e);
        }
    }

    private static Set<String> fingerprints(Iterable<String> given) {
        var plain = new TreeSet<String>();
        for (var fingerprint : given) {
            var hex = PinnedCertificates.plain(fingerprint);
            if (!hex.matches("[0-9A-F]{64}")) {
                throw new IllegalArgumentException(
                        "A fingerprint is the SHA-256 of a node's certificate as `pvenode cert info` shows it, 32 bytes as AA:BB:…,"
                                + " was " + fingerprint);
            }
            plain.add(hex);
        }
        if (plain.isEmpty()) {
            throw new IllegalArgumentException(
                    "No fingerprint is given: name that of each endpoint's certificate, as `pvenode"
                            + " cert info` shows it on the node");
        }
        return plain;
    }
}
