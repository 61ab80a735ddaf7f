package cloud.pxc.operator.machine;

import cloud.pxc.crds.cluster.ProxmoxCluster;
import cloud.pxc.crds.machine.Machine;
import cloud.pxc.crds.machine.MachineType;
import cloud.pxc.operator.cluster.ClusterView;
import cloud.pxc.proxmox.ContentType;
import cloud.pxc.proxmox.Inventory.NodeResource;
import cloud.pxc.proxmox.Upid;
import cloud.pxc.proxmox.Volume;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** The cloud-init ISO of each machine, on the images' storage of its node. */
@ApplicationScoped
class Seeds {

    private final SeedSources sources;

    Seeds(SeedSources sources) {
        this.sources = sources;
    }

    /** @param hash that tells it from others of the machine */
    record Made(byte[] iso, String hash) {}

    /** @param task that brings it to its place */
    record Upload(String volume, String hash, Upid task) {}

    /** What its ISO is to be told by; empty where it has none, or what it is made of is not there (any more). */
    Optional<String> wanted(Machine machine, ProxmoxCluster cluster) {
        var progress = Progress.of(machine);
        var nics = ToldNics.of(machine, cluster);
        if (machine.getSpec().type() == MachineType.container
                || progress.adopted()
                || progress.seed().isEmpty()
                || nics.size() != machine.getSpec().networks().size()) {
            return Optional.empty();
        }
        var seen = sources.versions(machine).map(versions -> Seed.hash(machine, cluster, nics, versions));
        if (seen.isPresent() && seen.equals(progress.seedHash())) {
            return seen;
        }
        try {
            // What is watched may be behind what it was made of.
            return Optional.of(
                    Seed.hash(machine, cluster, nics, sources.read(machine).versions()));
        } catch (Obstacle e) {
            return Optional.empty();
        }
    }

    /** Whether nothing has changed of what its ISO is made of. */
    boolean isCurrent(Machine machine, ProxmoxCluster cluster) {
        var wanted = wanted(machine, cluster);
        return wanted.isEmpty() || wanted.equals(Progress.of(machine).seedHash());
    }

    /**
     * @throws Obstacle if something that it is made of is not there
     * @throws IllegalArgumentException with a sentence, if nothing can be made of it
     */
    Made make(Machine machine, ProxmoxCluster cluster, List<Nic> nics) {
        var content = sources.read(machine);
        return new Made(
                Seed.iso(machine, cluster, nics, content), Seed.hash(machine, cluster, nics, content.versions()));
    }

    Upload upload(Machine machine, Situation.Usable usable, String node, Made made) {
        var storage = storage(usable);
        var filename = MachineIdentity.seedName(machine, made.hash());
        var task = usable.client().storages().upload(node, storage, ContentType.ISO, filename, made.iso());
        return new Upload(storage + ":" + ContentType.ISO.word() + "/" + filename, made.hash(), task);
    }

    /** Those of the machine that are on its node. */
    List<Volume> held(Machine machine, Situation.Usable usable, String node, String storage) {
        return usable.client().storages().content(node, storage, ContentType.ISO).stream()
                .filter(volume -> MachineIdentity.isSeedOf(machine, volume.filename()))
                .toList();
    }

    /**
     * Begins to remove what there is of it: looked for by its name, since its upload may have been noted nowhere; and on other
     * nodes too where it is not on the machine's own, which may have moved.
     *
     * @param left where it may have stayed too: each node is asked, and has to answer
     * @return the task; empty once it is nowhere
     */
    Optional<Upid> remove(Machine machine, Situation.Usable usable, Progress progress, List<Left> left) {
        return remove(machine, usable, progress).or(() -> left.stream()
                .flatMap(each -> removeFrom(machine, usable, each.node(), each.storage()).stream())
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
        // The cluster's own may be another one by now.
        var storage = storageOf(progress, usable);
        var own = progress.node().flatMap(node -> removeFrom(machine, usable, node, storage));
        return own.isPresent() || progress.seed().isEmpty()
                ? own
                : others(progress.node(), usable.view(), storage).stream()
                        .flatMap(node -> removeFrom(machine, usable, node, storage).stream())
                        .findFirst();
    }

    private Optional<Upid> removeFrom(Machine machine, Situation.Usable usable, String node, String storage) {
        return held(machine, usable, node, storage).stream()
                .flatMap(volume -> usable.client().storages().delete(node, volume.volid()).stream())
                .findFirst();
    }

    private static List<String> others(Optional<String> own, ClusterView view, String storage) {
        return view.nodes().stream()
                .filter(NodeResource::online)
                .map(NodeResource::name)
                .filter(node -> own.filter(node::equals).isEmpty())
                .filter(node -> view.storagesOn(node).contains(storage))
                .toList();
    }

    static String storage(String volume) {
        return volume.substring(0, volume.indexOf(':'));
    }

    private static String storageOf(Progress progress, Situation.Usable usable) {
        return progress.seed().map(Seeds::storage).orElse(storage(usable));
    }

    static String storage(Situation.Usable usable) {
        return usable.cluster().getSpec().storage().images();
    }
}
