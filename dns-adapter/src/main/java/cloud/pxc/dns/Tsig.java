package cloud.pxc.dns;

import java.time.Clock;
import javax.crypto.spec.SecretKeySpec;
import org.xbill.DNS.TSIG;

/** Signing with a key by a given clock. */
final class Tsig {

    private Tsig() {}

    static TSIG of(TsigKey key, Clock clock) {
        // dnsjava takes the algorithm from the name; the key's own is a label only.
        return new TSIG(
                key.algorithmName(),
                RRset.wireName(key.name()),
                new SecretKeySpec(key.bytes(), key.algorithm()),
                clock);
    }
}
