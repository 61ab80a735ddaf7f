package cloud.pxc.operator.machine;

import cloud.pxc.crds.machine.Machine;
import cloud.pxc.operator.cluster.ClusterView;
import cloud.pxc.proxmox.ContentType;
import cloud.pxc.proxmox.Inventory.NodeResource;
import cloud.pxc.proxmox.Upid;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** The cloud-init ISO of each machine, on the images' storage of its node. */
@ApplicationScoped
class Seeds {

    private final UserData userData;

    Seeds(UserData userData) {
        this.userData = userData;
    }

    /** @param task that brings it to its place */
    record Upload(String volume, Upid task) {}

    Upload upload(Machine machine, Situation.Usable usable, Progress progress, Reservation reservation) {
        var filename = MachineIdentity.seedName(machine);
        var storage = storage(usable);
        var iso = Seed.iso(machine, reservation.nics(), userData.of(machine));
        var task = usable.client()
                .storages()
                .upload(progress.node().orElseThrow(), storage, ContentType.ISO, filename, iso);
        return new Upload(storage + ":" + ContentType.ISO.word() + "/" + filename, task);
    }

    /**
     * Begins to remove it from where it is: looked for by its name, since its upload may have been noted nowhere; and on other
     * nodes too where it is not on the machine's own, which may have moved.
     *
     * @param left where it may have stayed too: each node is asked, and has to answer
     * @return the task; empty once it is nowhere
     */
    Optional<Upid> remove(Machine machine, Situation.Usable usable, Progress progress, List<Left> left) {
        var filename = MachineIdentity.seedName(machine);
        return remove(machine, usable, progress).or(() -> left.stream()
                .flatMap(each -> removeFrom(each.node(), each.storage(), filename, usable).stream())
                .findFirst());
    }

    /** Where one may have stayed when its machine was given another node. */
    record Left(String node, String storage) {}

    /** Where that of a machine is, or may be. */
    static Left place(Situation.Usable usable, Progress progress) {
        return new Left(progress.node().orElseThrow(), storageOf(progress, usable));
    }

    /** The same from where it was uploaded last. */
    Optional<Upid> remove(Machine machine, Situation.Usable usable, Progress progress) {
        var filename = MachineIdentity.seedName(machine);
        // The cluster's own may be another one by now.
        var storage = storageOf(progress, usable);
        var own = progress.node().flatMap(node -> removeFrom(node, storage, filename, usable));
        return own.isPresent() || progress.seed().isEmpty()
                ? own
                : others(progress.node(), usable.view(), storage).stream()
                        .flatMap(node -> removeFrom(node, storage, filename, usable).stream())
                        .findFirst();
    }

    private static Optional<Upid> removeFrom(String node, String storage, String filename, Situation.Usable usable) {
        var storages = usable.client().storages();
        return storages.content(node, storage, ContentType.ISO).stream()
                .filter(volume -> volume.filename().equals(filename))
                .findFirst()
                .flatMap(volume -> storages.delete(node, volume.volid()));
    }

    private static List<String> others(Optional<String> own, ClusterView view, String storage) {
        return view.nodes().stream()
                .filter(NodeResource::online)
                .map(NodeResource::name)
                .filter(node -> own.filter(node::equals).isEmpty())
                .filter(node -> view.storagesOn(node).contains(storage))
                .toList();
    }

    private static String storageOf(Progress progress, Situation.Usable usable) {
        return progress.seed()
                .map(volume -> volume.substring(0, volume.indexOf(':')))
                .orElse(storage(usable));
    }

    private static String storage(Situation.Usable usable) {
        return usable.cluster().getSpec().storage().images();
    }
}
