package cloud.pxc.acme;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/** The server, or a proxy before it, answered with an HTTP error status and no ACME problem document. */
final class BareStatus extends IOException {

    private static final long serialVersionUID = 1;
    private final int status;
    private final transient Optional<Instant> retryAfter;

    BareStatus(int status, Optional<Instant> retryAfter) {
        super("HTTP status " + status);
        this.status = status;
        this.retryAfter = retryAfter;
    }

    int status() {
        return status;
    }

    Optional<Instant> retryAfter() {
        return retryAfter;
    }
}
