package cloud.pxc.e2e.bench;

import cloud.pxc.proxmox.ApiToken;
import cloud.pxc.proxmox.Connection;
import cloud.pxc.proxmox.ProxmoxClient;
import cloud.pxc.proxmox.Trust;
import cloud.pxc.world.proxmox.SimulatedProxmox;

/** Somebody who works on Proxmox VE by hand, past the operator. */
final class Hand {

    private Hand() {}

    static ProxmoxClient of(SimulatedProxmox proxmox) {
        var token = proxmox.createFullToken("root@pam!hand");
        return ProxmoxClient.of(new Connection(
                proxmox.endpoints(), new ApiToken(token.id(), token.secret()), new Trust.Authorities(proxmox.caPem())));
    }
}
