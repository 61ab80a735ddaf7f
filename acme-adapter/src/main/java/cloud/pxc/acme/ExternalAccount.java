package cloud.pxc.acme;

import java.util.Base64;

/**
 * An account made at the CA outside of ACME, to which the ACME account is bound (RFC 8555 section 7.3.4).
 *
 * @param keyId key identifier the CA gave
 * @param macKey MAC key the CA gave, base64url, of at least 256 bits; a secret
 */
public record ExternalAccount(String keyId, String macKey) {

    /** What HMAC-SHA256 asks for (RFC 7518 section 3.2). */
    private static final int LEAST_BYTES = 32;

    /**
     * @throws IllegalArgumentException where the key id is empty or the MAC key isn't usable; told without the key
     */
    public ExternalAccount {
        if (keyId.isBlank()) {
            throw new IllegalArgumentException("the key id of an external account must not be empty");
        }
        macKey = macKey.strip().replace("=", "").replace('+', '-').replace('/', '_');
        var bytes = decodes(macKey);
        if (bytes < LEAST_BYTES) {
            throw new IllegalArgumentException("the MAC key of external account " + keyId
                    + (bytes < 0 ? " is not base64url" : " is shorter than 256 bits"));
        }
    }

    private static int decodes(String text) {
        try {
            return Base64.getUrlDecoder().decode(text).length;
        } catch (IllegalArgumentException notBase64) {
            return -1;
        }
    }

    @Override
    public String toString() {
        return "ExternalAccount[keyId=" + keyId + "]";
    }
}
