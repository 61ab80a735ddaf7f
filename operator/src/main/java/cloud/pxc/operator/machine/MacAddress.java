package cloud.pxc.operator.machine;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Iterator;
import java.util.Locale;

/** Hardware addresses under the prefix that is registered for Proxmox (BC:24:11). */
final class MacAddress {

    private MacAddress() {}

    /** Ever other ones, the same for the same interface each time: the ledger takes the first that is free. */
    static Iterable<String> candidates(String uid, int number) {
        return () -> new Iterator<>() {
            private int attempt = 0;

            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public String next() {
                return of(uid + "/" + number + "/" + attempt++);
            }
        };
    }

    private static String of(String seed) {
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(seed.getBytes(StandardCharsets.UTF_8));
            return String.format(Locale.ROOT, "BC:24:11:%02X:%02X:%02X", hash[0], hash[1], hash[2]);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java has no SHA-256", e);
        }
    }
}
