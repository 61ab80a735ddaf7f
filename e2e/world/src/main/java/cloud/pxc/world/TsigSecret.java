package cloud.pxc.world;

import java.security.SecureRandom;
import java.util.Base64;

/**
 * A TSIG or rndc key.
 *
 * @param algorithm for example {@code hmac-sha256}
 * @param secret base64
 */
public record TsigSecret(String name, String algorithm, String secret) {

    static TsigSecret random(String name) {
        var bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return new TsigSecret(name, "hmac-sha256", Base64.getEncoder().encodeToString(bytes));
    }

    /** The same key with another secret: what a wrong configuration looks like. */
    public TsigSecret withOtherSecret() {
        return random(name);
    }

    String asNamedConf() {
        return "key \"%s\" { algorithm %s; secret \"%s\"; };%n".formatted(name, algorithm, secret);
    }

    @Override
    public String toString() {
        return "TsigSecret[" + name + ", " + algorithm + "]";
    }
}
