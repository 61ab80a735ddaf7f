package cloud.pxc.operator.snapshot;

import cloud.pxc.crds.machine.Machine;
import cloud.pxc.crds.snapshot.MachineSnapshot;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

/** Makes a snapshot go with its machine: the garbage collector deletes it once that is gone. */
@ApplicationScoped
class SnapshotOwner {

    private final KubernetesClient kubernetes;

    SnapshotOwner(KubernetesClient kubernetes) {
        this.kubernetes = kubernetes;
    }

    void own(MachineSnapshot snapshot, Machine machine) {
        if (!isOwned(snapshot.getMetadata().getOwnerReferences(), machine)) {
            kubernetes.resource(snapshot).edit(stored -> {
                var owners = new ArrayList<>(stored.getMetadata().getOwnerReferences());
                if (!isOwned(owners, machine)) {
                    owners.add(reference(machine));
                }
                stored.getMetadata().setOwnerReferences(owners);
                return stored;
            });
        }
    }

    private static boolean isOwned(List<OwnerReference> owners, Machine machine) {
        return owners.stream()
                .anyMatch(owner -> owner.getUid().equals(machine.getMetadata().getUid()));
    }

    /** It does not hold up the deletion of the machine: with the guest there is nothing left of it. */
    private static OwnerReference reference(Machine machine) {
        return new OwnerReferenceBuilder()
                .withApiVersion(machine.getApiVersion())
                .withKind(machine.getKind())
                .withName(machine.getMetadata().getName())
                .withUid(machine.getMetadata().getUid())
                .withController(false)
                .withBlockOwnerDeletion(false)
                .build();
    }
}
