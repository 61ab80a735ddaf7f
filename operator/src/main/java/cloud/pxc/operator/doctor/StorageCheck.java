package cloud.pxc.operator.doctor;

import cloud.pxc.operator.cluster.ClusterNeeds;
import cloud.pxc.operator.cluster.ClusterNeeds.Shortfall;
import cloud.pxc.operator.doctor.Facts.ClusterSight;
import cloud.pxc.proxmox.Inventory.StorageResource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Whether the storages are there, take what they have to, and on which nodes. */
final class StorageCheck {

    private static final long GIBIBYTE = 1L << 30;

    private StorageCheck() {}

    static List<Finding> of(ClusterNeeds needs, ClusterSight cluster) {
        var findings = new ArrayList<Finding>();
        var shortfalls = needs.shortfalls(cluster.inventory().storages());
        for (var storage : new LinkedHashSet<>(List.of(needs.machines(), needs.images()))) {
            if (cluster.lacks("/storage/" + storage, "Datastore.Audit")) {
                findings.add(Finding.note(
                        Checkup.STORAGE,
                        "Storage " + storage + " was not seen: the token lacks Datastore.Audit on it, see privileges"));
                continue;
            }
            var shortfall = shortfalls.stream()
                    .filter(each -> each.storage().equals(storage))
                    .findFirst();
            findings.add(shortfall.map(StorageCheck::problem).orElseGet(() -> well(storage, cluster)));
            findings.addAll(unavailable(storage, cluster));
            absent(storage, cluster).ifPresent(findings::add);
        }
        return findings;
    }

    /** Online nodes where a storage can be used. */
    static List<String> nodes(String storage, ClusterSight cluster) {
        var online = cluster.onlineNodes();
        return on(storage, cluster).stream()
                .filter(StorageResource::available)
                .map(StorageResource::node)
                .filter(online::contains)
                .sorted()
                .toList();
    }

    private static List<StorageResource> on(String storage, ClusterSight cluster) {
        return cluster.inventory().storages().stream()
                .filter(each -> each.storage().equals(storage))
                .toList();
    }

    private static Finding problem(Shortfall shortfall) {
        return switch (shortfall) {
            case Shortfall.Absent(var storage, var known) ->
                Finding.problem(
                        Checkup.STORAGE,
                        "Storage " + storage + " does not exist on any node (there are: " + String.join(", ", known)
                                + "); name another with --machines-storage or --images-storage, or add it",
                        "pvesm status",
                        "pvesm add help");
            case Shortfall.Lacks(var storage, var content, var remedy) ->
                Finding.problem(
                        Checkup.STORAGE, "Storage " + storage + " does not take " + String.join(", ", content), remedy);
        };
    }

    private static Finding well(String storage, ClusterSight cluster) {
        var room = on(storage, cluster).stream()
                .filter(StorageResource::available)
                .sorted(java.util.Comparator.comparing(StorageResource::node))
                .map(each -> (each.total() - each.used()) / GIBIBYTE + " GiB on " + each.node())
                .collect(Collectors.joining(", "));
        var content = new TreeSet<>(on(storage, cluster).getFirst().content());
        return Finding.well(
                Checkup.STORAGE, "Storage " + storage + " takes " + String.join(", ", content) + "; free: " + room);
    }

    private static List<Finding> unavailable(String storage, ClusterSight cluster) {
        var online = cluster.onlineNodes();
        return on(storage, cluster).stream()
                .filter(each -> !each.available() && online.contains(each.node()))
                .map(each -> Finding.problem(
                        Checkup.STORAGE,
                        "Storage " + storage + " is not available on node " + each.node()
                                + ", which is online; see there why",
                        "pvesm status --storage " + storage))
                .toList();
    }

    private static Optional<Finding> absent(String storage, ClusterSight cluster) {
        var there = on(storage, cluster).stream().map(StorageResource::node).toList();
        var without = cluster.onlineNodes().stream()
                .filter(node -> !there.contains(node))
                .toList();
        return there.isEmpty() || without.isEmpty()
                ? Optional.empty()
                : Optional.of(Finding.note(
                        Checkup.STORAGE,
                        "Storage " + storage + " is not on " + String.join(", ", without)
                                + ": machines go to the other nodes"));
    }
}
