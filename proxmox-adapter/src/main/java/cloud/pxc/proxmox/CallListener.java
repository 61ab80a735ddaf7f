package cloud.pxc.proxmox;

import java.time.Duration;
import java.util.Optional;

/** Is told of each call of the API once it is over, by the thread that made it. */
@FunctionalInterface
public interface CallListener {

    CallListener NONE = (call, took, failure) -> {};

    /**
     * @param call method and path, {@code {}} standing for what differs: {@code GET /nodes/{}/{}/{}/config}
     * @param took with all endpoints that were tried
     * @param failure what it came to if it was not carried out, or that is not known
     */
    void ended(String call, Duration took, Optional<ProxmoxException> failure);
}
