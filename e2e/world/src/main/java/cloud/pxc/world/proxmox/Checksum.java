package cloud.pxc.world.proxmox;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/** What a file must hash to. */
record Checksum(String algorithm, String expected) {

    static Optional<Checksum> of(Call call) {
        return call.find("checksum-algorithm")
                .map(algorithm -> new Checksum(algorithm, call.find("checksum").orElse("")));
    }

    /** @throws ApiException when it hashes to something else, in the words of {@code PVE/Tools.pm} */
    void verify(Path file, TaskLog log) throws IOException {
        var got = hash(algorithm, file);
        if (!got.equalsIgnoreCase(expected)) {
            log.line("calculating checksum...");
            throw mismatch(got, "");
        }
        log.line("calculating checksum...OK, checksum verified");
    }

    ApiException mismatch(String got, String what) {
        return ApiException.failure("checksum mismatch: got '" + got + "' != expect '" + expected + "'" + what);
    }

    static String hash(String algorithm, Path file) throws IOException {
        try {
            var digest = MessageDigest.getInstance(
                    algorithm.equals("md5")
                            ? "MD5"
                            : algorithm.toUpperCase(Locale.ROOT).replace("SHA", "SHA-"));
            try (var in = new DigestInputStream(Files.newInputStream(file), digest)) {
                in.transferTo(OutputStream.nullOutputStream());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java has no " + algorithm, e);
        }
    }
}
