package cloud.pxc.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.pxc.crds.cluster.ImageStatus;
import cloud.pxc.crds.cluster.ProxmoxCluster;
import cloud.pxc.crds.machine.Machine;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ImageUsesTest {

    private static final String VOLUME = "local:import/pxc-debian-12-1a2b3c4d.qcow2";
    private static final ImageStatus OLD =
            new ImageStatus("debian-12", true, VOLUME, List.of(), List.of("pve1"), Map.of(), null);

    private final ImageUses uses = new ImageUses();

    @Test
    void aFileStaysWhileAMachineIsBeingMadeFromIt() {
        assertThat(neededBy("{image: %s, task: \"UPID:x\"}")).isTrue();
        assertThat(neededBy("{image: %s, created: true}")).isFalse();
        assertThat(neededBy("{image: %s}")).as("what failed takes the new one").isFalse();
        assertThat(neededBy("{image: other, task: \"UPID:x\"}")).isFalse();
    }

    @Test
    void aFileThatAnotherClusterObjectHasPutThereTooIsLeftToThatOne() {
        assertThat(neededBy(cluster("beta", "https://192.0.2.11:8006", "nodes: [pve1], fetched: [pve1]")))
                .isTrue();
        assertThat(neededBy(cluster("beta", "https://192.0.2.11:8006", "fetched: [pve1]")))
                .as("it is about to remove it itself")
                .isFalse();
        assertThat(neededBy(cluster("beta", "https://192.0.2.11:8006", "nodes: [pve1, pve2], fetched: [pve2]")))
                .isFalse();
        assertThat(neededBy(cluster("beta", "https://192.0.2.99:8006", "nodes: [pve1], fetched: [pve1]")))
                .as("on another Proxmox")
                .isFalse();
        assertThat(neededBy(cluster("alpha", "https://192.0.2.11:8006", "nodes: [pve1], fetched: [pve1]")))
                .isFalse();
    }

    private boolean neededBy(String status) {
        var machine = Serialization.unmarshal("""
                apiVersion: pxc.cloud/v1alpha1
                kind: Machine
                metadata: {name: shop-web-0}
                status: %s
                """.formatted(status.formatted("\"" + VOLUME + "\"")), Machine.class);
        uses.know(cluster -> cluster.equals("alpha") ? List.of(machine) : List.of());
        return uses.needed(
                "alpha", cluster("alpha", "https://192.0.2.11:8006", "").getSpec(), OLD);
    }

    private boolean neededBy(ProxmoxCluster other) {
        uses.know(() -> List.of(other));
        return uses.needed(
                "alpha", cluster("alpha", "https://192.0.2.11:8006", "").getSpec(), OLD);
    }

    private static ProxmoxCluster cluster(String name, String endpoint, String image) {
        return Serialization.unmarshal("""
                apiVersion: pxc.cloud/v1alpha1
                kind: ProxmoxCluster
                metadata: {name: %s}
                spec: {endpoints: ["%s"]}
                status: {images: [{name: debian-12, volume: "%s", %s}]}
                """.formatted(name, endpoint, VOLUME, image), ProxmoxCluster.class);
    }
}
