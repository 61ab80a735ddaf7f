package cloud.pxc.proxmox;

import java.net.URI;
import java.util.List;

/**
 * All that is needed to talk to one Proxmox cluster. {@link ProxmoxClient#of} says what is wrong with it.
 *
 * @param endpoints {@code https://host:8006} of one or more of its nodes; the first that answers is asked
 * @param token who asks
 * @param trust how the endpoints are recognized
 * @param timeouts how long is waited
 */
public record Connection(List<URI> endpoints, ApiToken token, Trust trust, Timeouts timeouts) {

    public Connection {
        endpoints = List.copyOf(endpoints);
    }

    public Connection(List<URI> endpoints, ApiToken token, Trust trust) {
        this(endpoints, token, trust, Timeouts.USUAL);
    }

    public Connection withTimeouts(Timeouts other) {
        return new Connection(endpoints, token, trust, other);
    }
}
