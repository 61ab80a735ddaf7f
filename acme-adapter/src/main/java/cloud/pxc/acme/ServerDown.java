package cloud.pxc.acme;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/** The server, or a proxy before it, answered that it can't at the moment, with no ACME problem document. */
final class ServerDown extends IOException {

    private static final long serialVersionUID = 1;
    private final transient Optional<Instant> retryAfter;

    ServerDown(int status, Optional<Instant> retryAfter) {
        super("HTTP status " + status);
        this.retryAfter = retryAfter;
    }

    Optional<Instant> retryAfter() {
        return retryAfter;
    }
}
