package cloud.pxc.operator.stack;

import cloud.pxc.crds.cluster.Image;
import cloud.pxc.crds.cluster.ImageStatus;
import cloud.pxc.crds.cluster.ImageType;
import cloud.pxc.crds.machine.Machine;
import cloud.pxc.crds.machine.MachineSpec;
import cloud.pxc.crds.machine.MachineStatus;
import cloud.pxc.crds.stack.Stack;
import cloud.pxc.operator.cluster.ImageVersions;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Stacks and machines that tests are about. */
final class StackGiven {

    static final String FQDN = "shop.cloud.example.org";

    /** Of a: version 2. Of b: only version 1. */
    static final ImageVersions IMAGES = images(image("a", 2, true), image("b", 1, true));

    private StackGiven() {}

    static Stack stack(String... sets) {
        return stackWith("", sets);
    }

    /** @param more fields of the spec, as YAML on one line */
    static Stack stackWith(String more, String... sets) {
        return Serialization.unmarshal("""
                apiVersion: pxc.cloud/v1alpha1
                kind: Stack
                metadata: {name: shop, namespace: team-a, uid: 1c1ae0b1}
                spec:
                  clusterRef: {name: alpha}
                  %s
                  machineSets: [%s]
                """.formatted(more, String.join(", ", sets)), Stack.class);
    }

    static ImageVersions images(ImageStatus... images) {
        var declared = Stream.of(images)
                .map(image -> new Image(image.name(), ImageType.vm, "https://example.org/i.qcow2", null, null))
                .toList();
        return new ImageVersions(
                "alpha",
                declared.stream().collect(Collectors.toMap(Image::name, image -> image)),
                Stream.of(images).collect(Collectors.toMap(ImageStatus::name, image -> image)));
    }

    static ImageStatus image(String name, int version, boolean ready) {
        return new ImageStatus(name, ready, volume(name, version), List.of(), List.of(), Map.of(), null);
    }

    static String volume(String image, int version) {
        return "local:import/pxc-" + image + "-0000000" + version + ".qcow2";
    }

    /** As the plan makes them, by name. */
    static List<Machine> machines(StackPlan plan) {
        return plan.create().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> machine(entry.getKey(), entry.getValue()))
                .toList();
    }

    static Machine machine(String name, MachineSpec spec) {
        var machine = new Machine();
        machine.setMetadata(
                new ObjectMetaBuilder().withName(name).withGeneration(1L).build());
        machine.setSpec(spec);
        return machine;
    }

    /** As it says of itself once it has been made from that volume. */
    static Machine says(Machine machine, String volume, String ready, String reason) {
        machine.setStatus(status(machine, volume, ready, reason, null));
        return machine;
    }

    static Machine running(Machine machine, String volume) {
        return says(machine, volume, "True", "Running");
    }

    static MachineStatus status(Machine machine, String volume, String ready, String reason, String restarted) {
        return Serialization.unmarshal(
                """
                observedGeneration: %1$d
                created: true
                started: true
                image: "%2$s"
                restarted: %5$s
                conditions:
                  - {type: Ready, status: "%3$s", reason: %4$s, message: it is so, observedGeneration: %1$d}
                """.formatted(
                                machine.getMetadata().getGeneration(),
                                volume,
                                ready,
                                reason,
                                restarted == null ? "null" : "\"" + restarted + "\""),
                MachineStatus.class);
    }

    static Machine leaving(Machine machine) {
        machine.getMetadata().setDeletionTimestamp("2026-11-24T12:00:00Z");
        return machine;
    }

    static void annotated(HasMetadata object, String annotation, String value) {
        var annotations = new HashMap<>(
                object.getMetadata().getAnnotations() == null
                        ? Map.<String, String>of()
                        : object.getMetadata().getAnnotations());
        annotations.put(annotation, value);
        object.getMetadata().setAnnotations(annotations);
    }
}
