package cloud.pxc.world.guest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A key pair to log in with.
 *
 * @param file with the private key
 * @param publicKey as it stands in {@code authorized_keys}
 */
public record SshKey(Path file, String publicKey) {

    /** @param file to be made; the public key goes beside it */
    static SshKey generate(Path file) {
        try {
            Command.run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "world", "-f", file.toString());
            return new SshKey(file, Files.readString(Path.of(file + ".pub")).strip());
        } catch (IOException e) {
            throw new UncheckedIOException("No key to log in to guests with could be made", e);
        }
    }
}
