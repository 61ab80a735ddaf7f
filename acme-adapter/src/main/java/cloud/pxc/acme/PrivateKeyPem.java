package cloud.pxc.acme;

import java.io.IOException;
import java.io.StringReader;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

/** Private keys as PEM: written as PKCS #8 (RFC 5958), read as that, SEC 1 or PKCS #1. Nothing here ever tells a key in a message. */
public final class PrivateKeyPem {

    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

    private PrivateKeyPem() {}

    /** The private key as PKCS #8 PEM, ending with a line feed. */
    public static String write(KeyPair keys) {
        return "-----BEGIN PRIVATE KEY-----\n"
                + LINES.encodeToString(keys.getPrivate().getEncoded()) + "\n-----END PRIVATE KEY-----\n";
    }

    /**
     * The key pair of a private key.
     *
     * @throws IllegalArgumentException where the text holds no usable private key
     */
    public static KeyPair read(String pem) {
        try (var parser = new PEMParser(new StringReader(pem))) {
            var info =
                    switch (parser.readObject()) {
                        case PrivateKeyInfo pkcs8 -> pkcs8;
                        case PEMKeyPair pair -> pair.getPrivateKeyInfo();
                        case null, default -> throw new IllegalArgumentException("there is no PEM private key in it");
                    };
            var key = new JcaPEMKeyConverter().getPrivateKey(info);
            return new KeyPair(publicKey(key), key);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException("the PEM private key can't be read", e);
        }
    }

    private static PublicKey publicKey(PrivateKey key) throws GeneralSecurityException {
        return switch (key) {
            case RSAPrivateCrtKey rsa ->
                KeyFactory.getInstance("RSA")
                        .generatePublic(new RSAPublicKeySpec(rsa.getModulus(), rsa.getPublicExponent()));
            case ECPrivateKey ec ->
                KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(publicPoint(ec), ec.getParams()));
            default -> throw new IllegalArgumentException("keys of type " + key.getAlgorithm() + " are not supported");
        };
    }

    /** The JDK writes EC keys without their public half, so it is computed: the curve's base point, times the private number. */
    private static ECPoint publicPoint(ECPrivateKey key) {
        BigInteger order = key.getParams().getOrder();
        var curve = CustomNamedCurves.getByName(order.bitLength() == 384 ? "secp384r1" : "secp256r1");
        if (!curve.getN().equals(order)) {
            throw new IllegalArgumentException("only the curves P-256 and P-384 are supported");
        }
        var point = curve.getG().multiply(key.getS()).normalize();
        return new ECPoint(
                point.getAffineXCoord().toBigInteger(), point.getAffineYCoord().toBigInteger());
    }
}
