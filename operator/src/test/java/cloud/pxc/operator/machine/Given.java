package cloud.pxc.operator.machine;

import cloud.pxc.crds.cluster.ProxmoxCluster;
import cloud.pxc.crds.machine.Machine;
import cloud.pxc.crds.machine.MachineStatus;
import cloud.pxc.operator.cluster.ClusterView;
import cloud.pxc.proxmox.ApiToken;
import cloud.pxc.proxmox.Connection;
import cloud.pxc.proxmox.GuestConfig;
import cloud.pxc.proxmox.Inventory;
import cloud.pxc.proxmox.Inventory.NodeResource;
import cloud.pxc.proxmox.ProxmoxClient;
import cloud.pxc.proxmox.ProxmoxException;
import cloud.pxc.proxmox.Trust;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Objects as people write them, for tests of what is decided about them. */
final class Given {

    static final String UID = "0a1b2c3d-0000-0000-0000-000000000001";

    private Given() {}

    /** @param more lines of its spec */
    static Machine machine(String... more) {
        return Serialization.unmarshal(
                """
                apiVersion: pxc.cloud/v1alpha1
                kind: Machine
                metadata: {name: shop-web-0, namespace: team-a, uid: %s, generation: 1}
                spec:
                  clusterRef: {name: alpha}
                  stack: shop
                  set: web
                  ordinal: 0
                  hostname: web-bold-otter.shop.cloud.example.org
                  type: vm
                  image: debian-12
                  cores: 2
                  memory: 1Gi
                """.formatted(UID) + String.join("\n", more).indent(2), Machine.class);
    }

    static Machine container(String... more) {
        var machine = machine(more);
        var spec = Serialization.asYaml(machine).replace("type: \"vm\"", "type: \"container\"");
        return Serialization.unmarshal(spec, Machine.class);
    }

    static Machine with(Machine machine, Progress progress) {
        machine.setStatus(progress.status(1L, List.of(), null, machine.getSpec().hostname()));
        return machine;
    }

    static Machine with(Machine machine, MachineStatus status) {
        machine.setStatus(status);
        return machine;
    }

    /** Where pve1 is online and pve2 is not. @param images entries of its status */
    static Situation.Usable usable(String... images) {
        var cluster = Serialization.unmarshal("""
                apiVersion: pxc.cloud/v1alpha1
                kind: ProxmoxCluster
                metadata: {name: alpha}
                spec:
                  domain: cloud.example.org
                  endpoints: ["https://192.0.2.11:8006"]
                  credentialsRef: {namespace: pxc-system, name: alpha-token}
                  vmids: {from: 10000, to: 19999}
                  storage: {machines: local-lvm, images: local}
                  images:
                    - {name: debian-12, type: vm, url: "https://example.org/debian-12.qcow2"}
                status:
                  images:
                """ + String.join("\n", images).indent(4), ProxmoxCluster.class);
        var nodes = List.of(new NodeResource("pve1", true, 8, 1L << 35, 0), new NodeResource("pve2", false, 0, 0, 0));
        return new Situation.Usable(cluster, new ClusterView(new Inventory(nodes, List.of(), List.of())), null);
    }

    /** Settings one by one: {@code cores}, {@code 2}, … */
    static GuestConfig config(String... settings) {
        var map = new TreeMap<String, String>();
        for (var i = 0; i < settings.length; i += 2) {
            map.put(settings[i], settings[i + 1]);
        }
        return new GuestConfig(map, Optional.empty());
    }

    /** What the guest of {@link #machine} has when nothing is left to be done, with other settings. */
    static GuestConfig settled(String... settings) {
        var map = new TreeMap<String, String>(Map.of(
                "cores", "2",
                "memory", "1024",
                "tags", "pxc;pxc-" + UID + ";shop.cloud.example.org"));
        map.putAll(config(settings).settings());
        return new GuestConfig(map, Optional.empty());
    }

    /** As the adapter fails where nobody listens. */
    static ProxmoxException unavailable() {
        var nobody = new Connection(
                List.of(URI.create("https://127.0.0.1:1")), new ApiToken("pxc@pve!operator", "s"), new Trust.System());
        try (var client = ProxmoxClient.of(nobody)) {
            client.version();
            throw new IllegalStateException("somebody listens on port 1");
        } catch (ProxmoxException e) {
            return e;
        }
    }
}
