package cloud.pxc.e2e.bench;

import cloud.pxc.world.proxmox.Fault;
import cloud.pxc.world.proxmox.SimulatedProxmox;
import java.time.Duration;
import java.util.List;

/** Calls that go wrong by chance, in every way that a call can. */
record Weather(Runnable ending) {

    private static final String ANY = "/**";

    static Weather fine() {
        return new Weather(() -> {});
    }

    /** @param share of all calls that something happens to, above 0 up to 1 */
    static Weather of(SimulatedProxmox proxmox, double share) {
        var kinds = kinds();
        kinds.forEach(kind -> proxmox.faults().inject(kind.withProbability(share / kinds.size())));
        return new Weather(proxmox.faults()::clear);
    }

    void end() {
        ending.run();
    }

    private static List<Fault> kinds() {
        return List.of(
                Fault.on("*", ANY).answers(500, "got timeout"),
                Fault.on("*", ANY).answers(595, "Connection refused"),
                Fault.on("*", ANY).answers(596, "Connection timed out"),
                Fault.on("*", ANY).isSlow(Duration.ofSeconds(2)),
                Fault.on("*", ANY).dropsBefore(),
                Fault.on("*", ANY).dropsAfter(),
                Fault.on("*", ANY).failsTask("command 'qemu-img convert' failed: got signal 9"),
                Fault.on("*", ANY)
                        .failsTask("can't lock file '/var/lock/pve-manager/pve-storage-local' - got timeout"));
    }
}
