package cloud.pxc.dns;

import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import org.xbill.DNS.Name;
import org.xbill.DNS.TSIG;

/**
 * A shared key (RFC 8945), for updates, transfers or the control channel.
 *
 * @param algorithm {@code hmac-sha1}, {@code -sha224}, {@code -sha256}, {@code -sha384} or {@code -sha512}
 * @param secret base64
 */
public record TsigKey(Fqdn name, String algorithm, String secret) {

    private static final Map<String, Name> ALGORITHMS = Map.of(
            "hmac-sha1", TSIG.HMAC_SHA1,
            "hmac-sha224", TSIG.HMAC_SHA224,
            "hmac-sha256", TSIG.HMAC_SHA256,
            "hmac-sha384", TSIG.HMAC_SHA384,
            "hmac-sha512", TSIG.HMAC_SHA512);

    public TsigKey {
        algorithm = algorithm.toLowerCase(Locale.ROOT);
        if (!ALGORITHMS.containsKey(algorithm)) {
            throw new IllegalArgumentException(
                    "key " + name + ": algorithm " + algorithm + " is not one of " + ALGORITHMS.keySet());
        }
        try {
            Base64.getDecoder().decode(secret);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("key " + name + ": its secret is not base64", e);
        }
    }

    public static TsigKey of(String name, String algorithm, String secret) {
        return new TsigKey(Fqdn.of(name.strip()), algorithm.strip(), secret.strip());
    }

    byte[] bytes() {
        return Base64.getDecoder().decode(secret);
    }

    Name algorithmName() {
        return ALGORITHMS.get(algorithm);
    }

    @Override
    public String toString() {
        return "TsigKey[" + name + ", " + algorithm + "]";
    }
}
