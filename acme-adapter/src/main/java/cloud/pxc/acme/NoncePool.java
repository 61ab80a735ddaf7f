package cloud.pxc.acme;

import java.net.URI;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.shredzone.acme4j.Session;
import org.shredzone.acme4j.provider.AcmeProvider;

/**
 * A session that several threads may use at once. acme4j keeps a single nonce, which parallel requests would take from each
 * other; here a request takes a nonce of its own, the freshest first, since servers forget old ones.
 */
final class NoncePool extends Session {

    /** More than are ever in flight would only grow old. */
    private static final int KEPT = 32;

    private final ConcurrentLinkedDeque<String> spare = new ConcurrentLinkedDeque<>();
    private final ThreadLocal<String> taken = new ThreadLocal<>();
    private final ThreadLocal<Boolean> wanting = new ThreadLocal<>();

    NoncePool(URI server, AcmeProvider provider) {
        super(server, provider);
        setLocale(Locale.ENGLISH);
    }

    @Override
    public String getNonce() {
        var nonce = taken.get();
        if (nonce == null) {
            nonce = spare.pollFirst();
            if (nonce == null) {
                wanting.set(true);
            } else {
                taken.set(nonce);
            }
        }
        return nonce;
    }

    @Override
    public void setNonce(String nonce) {
        taken.remove();
        if (nonce == null) {
            return;
        }
        if (wanting.get() != null) {
            wanting.remove();
            taken.set(nonce);
            return;
        }
        spare.addFirst(nonce);
        if (spare.size() > KEPT) {
            spare.pollLast();
        }
    }
}
