package cloud.pxc.proxmox;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/** Trusts certificates by their SHA-256 alone. Extended, because Java adds rules of its own to a simple trust manager. */
final class PinnedCertificates extends X509ExtendedTrustManager {

    private final Set<String> pinned;

    /** @param pinned as {@link #plain} makes them */
    PinnedCertificates(Set<String> pinned) {
        this.pinned = Set.copyOf(pinned);
    }

    /** Upper-case hexadecimal digits alone. */
    static String plain(String fingerprint) {
        return fingerprint.replaceAll("[:\\s]", "").toUpperCase(Locale.ROOT);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        var digest = sha256(chain[0]);
        if (!pinned.contains(HexFormat.of().withUpperCase().formatHex(digest))) {
            throw new CertificateException("its fingerprint is "
                    + HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest)
                    + ", which is not among the given ones; if `pvenode cert info` shows the same on the node, add it");
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        checkServerTrusted(chain, authType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        checkServerTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("no clients are served here");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }

    private static byte[] sha256(X509Certificate certificate) throws CertificateException {
        try {
            return MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
        } catch (CertificateException e) {
            throw e;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java has no SHA-256", e);
        }
    }
}
