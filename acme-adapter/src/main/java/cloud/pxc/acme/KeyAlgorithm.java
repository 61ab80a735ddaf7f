package cloud.pxc.acme;

import java.security.InvalidAlgorithmParameterException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.Arrays;
import java.util.Optional;

/** The kinds of key that public CAs accept, for accounts and for certificates. */
public enum KeyAlgorithm {
    ECDSA_P256("EC", 256, new ECGenParameterSpec("secp256r1")),
    ECDSA_P384("EC", 384, new ECGenParameterSpec("secp384r1")),
    RSA_2048("RSA", 2048, new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F4)),
    RSA_3072("RSA", 3072, new RSAKeyGenParameterSpec(3072, RSAKeyGenParameterSpec.F4)),
    RSA_4096("RSA", 4096, new RSAKeyGenParameterSpec(4096, RSAKeyGenParameterSpec.F4));

    private final String family;
    private final int bits;
    private final AlgorithmParameterSpec parameters;

    KeyAlgorithm(String family, int bits, AlgorithmParameterSpec parameters) {
        this.family = family;
        this.bits = bits;
        this.parameters = parameters;
    }

    /**
     * The algorithm of that family and size.
     *
     * @param family {@code ECDSA} or {@code RSA}, in any case
     * @param bits 256 or 384, or 2048, 3072 or 4096
     */
    public static Optional<KeyAlgorithm> of(String family, int bits) {
        var wanted = family.equalsIgnoreCase("ECDSA") ? "EC" : family;
        return Arrays.stream(values())
                .filter(algorithm -> algorithm.family.equalsIgnoreCase(wanted) && algorithm.bits == bits)
                .findFirst();
    }

    /** The algorithm of a key, where it is one of these. */
    public static Optional<KeyAlgorithm> of(KeyPair keys) {
        return switch (keys.getPublic()) {
            case ECPublicKey key -> of("EC", key.getParams().getOrder().bitLength());
            case RSAPublicKey key -> of("RSA", key.getModulus().bitLength());
            default -> Optional.empty();
        };
    }

    /** A new key pair. */
    public KeyPair generate(SecureRandom random) {
        try {
            var generator = KeyPairGenerator.getInstance(family);
            generator.initialize(parameters, random);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException | InvalidAlgorithmParameterException e) {
            throw new IllegalStateException("this JDK makes no " + this + " keys", e);
        }
    }
}
