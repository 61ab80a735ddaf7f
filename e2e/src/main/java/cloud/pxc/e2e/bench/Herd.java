package cloud.pxc.e2e.bench;

import static org.awaitility.Awaitility.await;

import cloud.pxc.crds.cluster.ProxmoxCluster;
import cloud.pxc.crds.machine.Machine;
import cloud.pxc.crds.stack.Stack;
import cloud.pxc.e2e.Cloud;
import cloud.pxc.e2e.Credentials;
import cloud.pxc.world.proxmox.SimulatedProxmox;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Stacks of a cloud on a simulated Proxmox VE of their own, in a namespace of their own. */
final class Herd implements AutoCloseable {

    static final int FIRST_VMID = 100_000;
    private static final Duration PATIENCE = Duration.ofMinutes(20);

    private final Cloud cloud;
    private final String name;
    private final SimulatedProxmox proxmox;

    private Herd(Cloud cloud, String name, SimulatedProxmox proxmox) {
        this.cloud = cloud;
        this.name = name;
        this.proxmox = proxmox;
    }

    /** Connects the Proxmox VE to the cloud, and waits until it is ready. */
    static Herd of(Cloud cloud, String name, SimulatedProxmox proxmox) {
        var herd = new Herd(cloud, name, proxmox);
        cloud.admin()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build())
                .create();
        var token = proxmox.createToken(herd.tokenId(), Credentials.privileges());
        cloud.credentials().put(name + "-token", Map.of("tokenId", token.id(), "tokenSecret", token.secret()));
        cloud.credentials().put(name + "-ca", Map.of("ca.crt", proxmox.caPem()));
        herd.apply(herd.clusterManifest());
        await("ProxmoxCluster " + name + " is ready").atMost(PATIENCE).until(() -> {
            var status = cloud.admin()
                    .resources(ProxmoxCluster.class)
                    .withName(name)
                    .get()
                    .getStatus();
            return status != null && isReady(status.conditions());
        });
        return herd;
    }

    String name() {
        return name;
    }

    /** What this cloud calls itself on Proxmox VE. */
    String tokenId() {
        return name + "@pve!operator";
    }

    /** Declares stacks that have so many machines together. */
    void apply(int stacks, int machines) {
        IntStream.range(0, stacks)
                .forEach(number -> scale("stack-" + number, machines / stacks + (number < machines % stacks ? 1 : 0)));
    }

    /** Declares a stack with one set of so many virtual machines; none: that there is no such stack. */
    void scale(String stack, int machines) {
        if (machines == 0) {
            cloud.admin()
                    .resources(Stack.class)
                    .inNamespace(name)
                    .withName(stack)
                    .delete();
        } else {
            apply(stackManifest(stack, machines));
        }
    }

    List<Machine> machines() {
        return cloud.admin().resources(Machine.class).inNamespace(name).list().getItems();
    }

    private List<Stack> stacks() {
        return cloud.admin().resources(Stack.class).inNamespace(name).list().getItems();
    }

    /** Stacks that do not have as many machines as they declare; what is of no stack any more, too. */
    List<String> miscounted() {
        var declared = stacks().stream()
                .collect(Collectors.toMap(
                        stack -> stack.getMetadata().getName(), stack -> stack.getSpec().machineSets().stream()
                                .mapToLong(set -> set.replicas())
                                .sum()));
        var there = machines().stream()
                .collect(Collectors.groupingBy(machine -> machine.getSpec().stack(), Collectors.counting()));
        return Stream.concat(declared.keySet().stream(), there.keySet().stream())
                .distinct()
                .filter(stack -> !declared.getOrDefault(stack, 0L).equals(there.getOrDefault(stack, 0L)))
                .map(stack -> name + "/" + stack + ": " + there.getOrDefault(stack, 0L) + " machines instead of "
                        + declared.getOrDefault(stack, 0L))
                .toList();
    }

    /** Why machines are not ready: how many say what. */
    String troubles() {
        return machines().stream()
                .flatMap(machine -> machine.getStatus() == null
                        ? Stream.of("nothing yet")
                        : machine.getStatus().conditions().stream()
                                .filter(condition -> condition.getType().equals("Ready"))
                                .filter(condition -> !condition.getStatus().equals("True"))
                                .map(Condition::getReason))
                .collect(Collectors.groupingBy(reason -> reason, Collectors.counting()))
                .toString();
    }

    static boolean isReady(List<Condition> conditions) {
        return conditions.stream()
                .anyMatch(condition -> condition.getType().equals("Ready")
                        && condition.getStatus().equals("True"));
    }

    /** Deletes the stacks, and waits until nothing of them is left. */
    void clear() {
        // One by one: a single call for hundreds of them is not answered in time.
        stacks().forEach(stack -> cloud.admin().resource(stack).delete());
        await("no stack is left in " + name).atMost(PATIENCE).until(() -> stacks().isEmpty());
    }

    @Override
    public void close() {
        clear();
        var clusters = cloud.admin().resources(ProxmoxCluster.class);
        clusters.withName(name).delete();
        await("ProxmoxCluster " + name + " is gone")
                .atMost(PATIENCE)
                .until(() -> clusters.withName(name).get() == null);
        cloud.admin().namespaces().withName(name).delete();
    }

    private void apply(String manifest) {
        for (HasMetadata object : cloud.admin()
                .load(new ByteArrayInputStream(manifest.getBytes(StandardCharsets.UTF_8)))
                .items()) {
            cloud.admin().resource(object).forceConflicts().serverSideApply();
        }
    }

    private String clusterManifest() {
        return """
                apiVersion: pxc.cloud/v1alpha1
                kind: ProxmoxCluster
                metadata: {name: %1$s}
                spec:
                  domain: %1$s.test
                  endpoints: [%2$s]
                  credentialsRef: {namespace: pxc-system, name: %1$s-token}
                  tls: {caRef: {namespace: pxc-system, name: %1$s-ca}}
                  vmids: {from: %3$d, to: %4$d}
                  storage: {machines: local-lvm, images: local}
                  networks:
                    - name: lan
                      bridge: vmbr0
                      ipv4: {subnet: 10.40.0.0/16, gateway: 10.40.0.1, pools: [10.40.1.0-10.40.20.255]}
                  images:
                    - {name: debian-12, type: vm, url: "%5$s", checksum: "%6$s"}
                """.formatted(
                        name,
                        proxmox.endpoints().stream()
                                .map(endpoint -> '"' + endpoint.toString() + '"')
                                .collect(Collectors.joining(", ")),
                        FIRST_VMID,
                        FIRST_VMID + 4_999,
                        cloud.imageUrl(),
                        cloud.imageChecksum());
    }

    private String stackManifest(String stack, int machines) {
        return """
                apiVersion: pxc.cloud/v1alpha1
                kind: Stack
                metadata: {namespace: %1$s, name: %2$s}
                spec:
                  clusterRef: {name: %1$s}
                  machineSets:
                    - {name: node, replicas: %3$d, image: debian-12, memory: 1Gi, disks: [{name: root, size: 4Gi}], networks: [{name: lan}]}
                """.formatted(name, stack, machines);
    }
}
