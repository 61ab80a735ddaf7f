package cloud.pxc.world.proxmox;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * Public keys that a guest is to accept: {@code validate_ssh_public_keys} of {@code PVE/Tools.pm} asks ssh-keygen about
 * each line.
 */
final class SshKeys {
    private static final Pattern KEY =
            Pattern.compile("(?:^|\\s)((?:ssh|ecdsa|sk-ssh|sk-ecdsa)-[a-z0-9@.-]+)\\s+([A-Za-z0-9+/]+=*)(?:\\s|$)");

    private SshKeys() {}

    /** @throws ApiException when a line that is not empty is no key */
    static void check(String keys) {
        keys.lines().filter(line -> !line.isBlank()).forEach(line -> {
            var match = KEY.matcher(line);
            if (!match.find() || !isOfType(match.group(1), match.group(2))) {
                throw ApiException.failure("SSH public key validation error");
            }
        });
    }

    /** A key's bytes begin with the name of its type (RFC 4253, section 6.6). */
    private static boolean isOfType(String type, String base64) {
        try {
            var bytes = ByteBuffer.wrap(Base64.getDecoder().decode(base64));
            if (bytes.remaining() < Integer.BYTES + type.length() || bytes.getInt() != type.length()) {
                return false;
            }
            var name = new byte[type.length()];
            bytes.get(name);
            return new String(name, StandardCharsets.US_ASCII).equals(type) && bytes.remaining() > Integer.BYTES;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
