package cloud.pxc.e2e.bench;

import cloud.pxc.crds.cluster.ProxmoxCluster;
import cloud.pxc.crds.cluster.ProxmoxClusterSpec;
import cloud.pxc.crds.machine.Machine;
import cloud.pxc.crds.machine.MachineSpec;
import cloud.pxc.operator.cluster.ClusterView;
import cloud.pxc.operator.machine.NodeChoice;
import cloud.pxc.operator.machine.PlacementPlanner;
import cloud.pxc.proxmox.Inventory;
import cloud.pxc.proxmox.Vmid;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** How long the choice of nodes takes for a large cloud, and for one more machine in it. */
final class PlacementBench implements Suite {

    private static final int NODES = 100;
    private static final int MACHINES = 10_000;
    private static final int STACKS = 100;
    private static final int MORE = 200;
    /** It waits for nothing, so that it is measured in time of the processor: that of a machine with nothing else to do. */
    private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();

    /** Java compiles what runs often. */
    private static final int ROUNDS = 5;

    @Override
    public List<Figure> run(Stage stage) {
        stage.say("placement: " + MACHINES + " machines on " + NODES + " nodes");
        var whole = new ArrayList<Double>();
        var single = new ArrayList<Double>();
        for (var round = 0; round < ROUNDS; round++) {
            var choice = new NodeChoice();
            var cluster = cluster();
            var view = new ClusterView(inventory());
            var begun = CPU.getCurrentThreadCpuTime();
            IntStream.range(0, MACHINES).forEach(number -> place(choice, cluster, view, number));
            whole.add((CPU.getCurrentThreadCpuTime() - begun) / 1e9);
            for (var number = MACHINES; number < MACHINES + MORE; number++) {
                var start = CPU.getCurrentThreadCpuTime();
                place(choice, cluster, view, number);
                single.add((CPU.getCurrentThreadCpuTime() - start) / 1e6);
            }
        }
        return List.of(
                Figure.of("placement")
                        .with("value", Percentiles.of(whole).at(50))
                        .with("unit", "s")
                        .with("first", whole.getFirst())
                        .with("n", MACHINES)
                        .atMost("value", 1),
                Figure.of("placement_one_more")
                        .with("value", Percentiles.of(single).at(50))
                        .with("unit", "ms")
                        .with("p99", Percentiles.of(single).at(99))
                        .with("n", single.size())
                        .atMost("p99", 5));
    }

    private static void place(NodeChoice choice, ProxmoxCluster cluster, ClusterView view, int number) {
        var made = choice.choose(machine(number), cluster, view, new Vmid(100_000 + number), Optional.empty());
        if (!(made instanceof PlacementPlanner.Choice.On)) {
            throw new IllegalStateException("machine " + number + " found no node: " + made);
        }
    }

    private static Inventory inventory() {
        var nodes = IntStream.range(0, NODES)
                .mapToObj(number -> new Inventory.NodeResource("pve" + number, true, 128, 1L << 40, 1L << 30))
                .toList();
        var storages = nodes.stream()
                .flatMap(node -> java.util.stream.Stream.of("local", "local-lvm")
                        .map(storage -> new Inventory.StorageResource(
                                storage,
                                node.name(),
                                "lvmthin",
                                false,
                                true,
                                Set.of("images", "iso", "import"),
                                1L << 42,
                                1L << 30)))
                .toList();
        return new Inventory(nodes, List.of(), storages);
    }

    private static ProxmoxCluster cluster() {
        var cluster = new ProxmoxCluster();
        cluster.setMetadata(new ObjectMetaBuilder().withName("bench").build());
        cluster.setSpec(read("""
                domain: bench.test
                endpoints: ["https://pve1.bench.test:8006"]
                vmids: {from: 100000, to: 200000}
                storage: {machines: local-lvm, images: local}
                """, ProxmoxClusterSpec.class));
        return cluster;
    }

    private static Machine machine(int number) {
        var machine = new Machine();
        machine.setMetadata(new ObjectMetaBuilder()
                .withNamespace("bench")
                .withName("machine-" + number)
                .withUid("uid-" + number)
                .build());
        machine.setSpec(SPECS.get(number % STACKS));
        return machine;
    }

    private static final List<MachineSpec> SPECS = IntStream.range(0, STACKS)
            .mapToObj(stack -> read("""
                    {clusterRef: {name: bench}, stack: stack-%d, set: node, ordinal: 0, type: vm, cores: 1, memory: 2Gi,
                     disks: [{name: root, size: 4Gi}]}
                    """.formatted(stack), MachineSpec.class))
            .toList();

    private static <T> T read(String yaml, Class<T> type) {
        try {
            return new ObjectMapper(new YAMLFactory()).readValue(yaml, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not readable as " + type.getSimpleName(), e);
        }
    }
}
