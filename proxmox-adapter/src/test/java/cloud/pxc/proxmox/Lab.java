package cloud.pxc.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.pxc.world.proxmox.SimulatedProxmox;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;

/** A simulated Proxmox cluster of three nodes, a hundred times as fast as reality, and a client of it that may do everything. */
record Lab(SimulatedProxmox proxmox, ProxmoxClient client) implements AutoCloseable {

    static final String TOKEN = "pxc@pve!operator";

    static Lab start() {
        return start(SimulatedProxmox.builder());
    }

    static Lab start(SimulatedProxmox.Builder builder) {
        var proxmox = builder.name("alpha").timeScale(0.01).start();
        var token = proxmox.createToken(TOKEN, SimulatedProxmox.allPrivileges());
        return new Lab(proxmox, ProxmoxClient.of(connection(proxmox, token)));
    }

    static Connection connection(SimulatedProxmox proxmox, SimulatedProxmox.Token token) {
        return new Connection(
                proxmox.endpoints(), new ApiToken(token.id(), token.secret()), new Trust.Authorities(proxmox.caPem()));
    }

    /** A client with a token that may do these things, and nothing else. */
    ProxmoxClient clientWith(String tokenId, String... privileges) {
        return ProxmoxClient.of(connection(proxmox, proxmox.createToken(tokenId, privileges)));
    }

    static GuestId vm(int vmid) {
        return new GuestId(GuestType.QEMU, "pve1", new Vmid(vmid));
    }

    static GuestId container(int vmid) {
        return new GuestId(GuestType.LXC, "pve1", new Vmid(vmid));
    }

    /** A virtual machine that exists and does not run. */
    GuestId createdVm(int vmid, Map<String, String> settings) {
        succeed(client.guests().createVm("pve1", new Vmid(vmid), settings));
        return vm(vmid);
    }

    TaskState end(Upid task) {
        return Awaitility.await()
                .pollInterval(Duration.ofMillis(10))
                .until(() -> client.tasks().state(task), state -> !state.running());
    }

    void succeed(Upid task) {
        assertThat(end(task)).matches(TaskState::succeeded, "has succeeded");
    }

    @Override
    public void close() {
        client.close();
        proxmox.close();
    }
}
