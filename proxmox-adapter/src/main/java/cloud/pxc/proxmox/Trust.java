package cloud.pxc.proxmox;

import java.util.List;

/** How it is made sure that it is Proxmox VE who answers. */
public sealed interface Trust {

    /**
     * Certificates signed by one of these authorities, for the host that was asked.
     *
     * @param pem one or more; that of a Proxmox cluster is {@code /etc/pve/pve-root-ca.pem}
     */
    record Authorities(String pem) implements Trust {}

    /**
     * Certificates with one of these fingerprints, whoever signed them, whatever names they are for. Every node has its own.
     *
     * @param sha256 as {@code pvenode cert info} shows them, {@code AA:BB:…}; colons and case do not matter
     */
    record Fingerprints(List<String> sha256) implements Trust {
        public Fingerprints {
            sha256 = List.copyOf(sha256);
        }
    }

    /** The authorities that this Java trusts, for nodes with certificates of a public CA. */
    record System() implements Trust {}

    /** Anybody who answers. For trying out only: whoever is in between reads the token. */
    record Insecure() implements Trust {}
}
