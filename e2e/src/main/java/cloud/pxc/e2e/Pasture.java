package cloud.pxc.e2e;

import static org.awaitility.Awaitility.await;

import cloud.pxc.crds.cluster.ProxmoxCluster;
import cloud.pxc.crds.machine.Machine;
import cloud.pxc.crds.stack.Stack;
import cloud.pxc.world.proxmox.GuestView;
import java.time.Duration;
import java.util.List;

/** A ProxmoxCluster of a test's own on the simulated Proxmox VE: its own token, VMIDs and addresses, and a plot for its names. */
final class Pasture implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Cloud cloud;
    private final Plot plot;
    private final String name;
    private final int firstVmid;

    private Pasture(Cloud cloud, String name, int number) {
        this.cloud = cloud;
        this.name = name;
        this.firstVmid = 20_000 + 100 * number;
        this.plot = Plot.of(cloud, name);
    }

    /** @param number another one for each that there is at a time: 1 to 99 */
    static Pasture of(Cloud cloud, String name, int number) {
        var pasture = new Pasture(cloud, name, number);
        cloud.credentials().giveToken(pasture.tokenId(), pasture.tokenSecret());
        return pasture;
    }

    Plot plot() {
        return plot;
    }

    String tokenId() {
        return name + "@pve!operator";
    }

    String tokenSecret() {
        return name + "-token";
    }

    Seen ready() {
        return plot.look().ready(ProxmoxCluster.class, null, name);
    }

    Seen stackReady(String stack) {
        return plot.look().ready(Stack.class, plot.namespace(), stack);
    }

    List<Machine> machines() {
        return cloud.admin()
                .resources(Machine.class)
                .inNamespace(plot.namespace())
                .list()
                .getItems();
    }

    /** The guests on Proxmox VE with a VMID of this cluster. */
    List<GuestView> guests() {
        return cloud.world().proxmox().guests().stream()
                .filter(guest -> guest.vmid() >= firstVmid && guest.vmid() < firstVmid + 100)
                .toList();
    }

    /** Volumes that belong to a VMID of this cluster or were uploaded for its machines. */
    List<String> volumes() {
        return cloud.world().proxmox().volumes().stream()
                .filter(volume -> volume.volid().matches(".*[-/]" + firstVmid / 100 + "\\d\\d[-.].*"))
                .map(volume -> volume.node() + " " + volume.volid())
                .toList();
    }

    Stack stack(String stack) {
        return cloud.admin()
                .resources(Stack.class)
                .inNamespace(plot.namespace())
                .withName(stack)
                .get();
    }

    String manifest() {
        return """
                apiVersion: pxc.cloud/v1alpha1
                kind: ProxmoxCluster
                metadata: {name: %1$s}
                spec:
                  domain: %2$s
                  endpoints: ["https://127.0.0.1:%3$d", "https://127.0.0.1:%4$d"]
                  credentialsRef: {namespace: pxc-system, name: %5$s}
                  tls: {caRef: {namespace: pxc-system, name: alpha-ca}}
                  vmids: {from: %6$d, to: %7$d}
                  storage: {machines: local-lvm, images: local}
                  networks:
                    - name: lan
                      bridge: vmbr0
                      ipv4: {subnet: 10.30.0.0/16, gateway: 10.30.0.1, pools: [10.30.%8$d.10-10.30.%8$d.99]}
                  images:
                    - name: debian-12
                      type: vm
                      url: http://127.0.0.1:%9$d/debian-12.qcow2
                      checksum: "%10$s"
                    - {name: debian-12-ct, type: container, template: debian-12-standard}
                """.formatted(
                        name,
                        plot.zone(),
                        cloud.ports().proxmox(),
                        cloud.ports().proxmox() + 1,
                        tokenSecret(),
                        firstVmid,
                        firstVmid + 99,
                        firstVmid / 100 % 100,
                        cloud.ports().images(),
                        ImageServer.checksum());
    }

    /** Three virtual machines and a container. */
    String stackManifest(String stack) {
        return """
                apiVersion: pxc.cloud/v1alpha1
                kind: Stack
                metadata: {namespace: %s, name: %s}
                spec:
                  clusterRef: {name: %s}
                  machineSets:
                    - {name: web, replicas: 3, image: debian-12, memory: 1Gi, disks: [{name: root, size: 4Gi}], networks: [{name: lan}]}
                    - {name: cache, type: container, image: debian-12-ct, memory: 512Mi, disks: [{name: root, size: 4Gi}], networks: [{name: lan}]}
                """.formatted(plot.namespace(), stack, name);
    }

    @Override
    public void close() {
        var stacks = cloud.admin().resources(Stack.class).inNamespace(plot.namespace());
        stacks.delete();
        await().atMost(PATIENCE).until(() -> stacks.list().getItems().isEmpty());
        var clusters = cloud.admin().resources(ProxmoxCluster.class);
        clusters.withName(name).delete();
        await().atMost(PATIENCE).until(() -> clusters.withName(name).get() == null);
        plot.close();
    }
}
