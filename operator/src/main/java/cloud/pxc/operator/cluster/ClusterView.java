package cloud.pxc.operator.cluster;

import cloud.pxc.proxmox.Inventory;
import cloud.pxc.proxmox.Inventory.GuestResource;
import cloud.pxc.proxmox.Inventory.NodeResource;
import cloud.pxc.proxmox.Inventory.StorageResource;
import cloud.pxc.proxmox.Vmid;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A cluster as it was when last polled. Power states lag some seconds behind: Proxmox collects them that often. */
public final class ClusterView {

    private final Inventory inventory;
    private final Map<Vmid, GuestResource> guests;
    private final Map<String, Set<String>> available;

    public ClusterView(Inventory inventory) {
        this.inventory = inventory;
        this.guests = inventory.guests().stream()
                .collect(Collectors.toMap(guest -> guest.id().vmid(), Function.identity(), (first, again) -> first));
        this.available = inventory.storages().stream()
                .filter(StorageResource::available)
                .collect(Collectors.groupingBy(
                        StorageResource::node, Collectors.mapping(StorageResource::storage, Collectors.toSet())));
    }

    public List<NodeResource> nodes() {
        return inventory.nodes();
    }

    /** Whether there is such a node, and it is online. */
    public boolean isOnline(String node) {
        return nodes().stream().anyMatch(each -> each.name().equals(node) && each.online());
    }

    /** Whether there is such a node, and it is not online. */
    public boolean isOffline(String node) {
        return nodes().stream().anyMatch(each -> each.name().equals(node) && !each.online());
    }

    public List<String> onlineNodes() {
        return nodes().stream()
                .filter(NodeResource::online)
                .map(NodeResource::name)
                .toList();
    }

    public List<StorageResource> storages() {
        return inventory.storages();
    }

    /** Names of the storages that are available on a node. */
    public Set<String> storagesOn(String node) {
        return available.getOrDefault(node, Set.of());
    }

    public Optional<GuestResource> guest(Vmid vmid) {
        return Optional.ofNullable(guests.get(vmid));
    }

    public Map<Vmid, GuestResource> guests() {
        return guests;
    }

    long nodesOnline() {
        return nodes().stream().filter(NodeResource::online).count();
    }

    /** Guests that are not the same, or there, in both. */
    Set<Vmid> changedSince(ClusterView before) {
        var changed = new HashSet<Vmid>();
        guests.forEach((vmid, guest) -> {
            if (!guest.equals(before.guests.get(vmid))) {
                changed.add(vmid);
            }
        });
        before.guests.keySet().stream()
                .filter(vmid -> !guests.containsKey(vmid))
                .forEach(changed::add);
        return changed;
    }

    /** What nodes and storages can do, without how full they are: that changes with every poll. */
    Object landscape() {
        var landscape = new HashMap<String, Object>();
        nodes().forEach(node ->
                landscape.put("node/" + node.name(), List.of(node.online(), node.cores(), node.memory())));
        storages()
                .forEach(storage -> landscape.put(
                        "storage/" + storage.node() + "/" + storage.storage(),
                        List.of(storage.shared(), storage.available(), storage.content())));
        return landscape;
    }
}
