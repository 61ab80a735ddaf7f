package cloud.pxc.proxmox;

import cloud.pxc.proxmox.Inventory.GuestResource;
import cloud.pxc.proxmox.Inventory.NodeResource;
import cloud.pxc.proxmox.Inventory.StorageResource;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;

/** Reads {@code /cluster/resources}: a list of things of different types, of which those that are not known are left out. */
final class Resources {

    private Resources() {}

    static Inventory read(JsonNode data) {
        var nodes = new ArrayList<NodeResource>();
        var guests = new ArrayList<GuestResource>();
        var storages = new ArrayList<StorageResource>();
        for (var entry : data) {
            switch (entry.path("type").asText()) {
                case "node" -> nodes.add(node(entry));
                case "qemu" -> guests.add(guest(GuestType.QEMU, entry));
                case "lxc" -> guests.add(guest(GuestType.LXC, entry));
                case "storage" -> storages.add(storage(entry));
                default -> {} // pools, SDN, and what later versions have
            }
        }
        return new Inventory(nodes, guests, storages);
    }

    private static NodeResource node(JsonNode entry) {
        return new NodeResource(
                entry.path("node").asText(),
                entry.path("status").asText().equals("online"),
                entry.path("maxcpu").asInt(),
                entry.path("maxmem").asLong(),
                entry.path("mem").asLong());
    }

    private static GuestResource guest(GuestType type, JsonNode entry) {
        return new GuestResource(
                new GuestId(
                        type,
                        entry.path("node").asText(),
                        new Vmid(entry.path("vmid").asInt())),
                entry.path("name").asText(""),
                RunState.of(entry.path("status").asText()),
                Answers.tags(entry.path("tags").asText("")),
                Answers.flag(entry, "template"),
                Answers.text(entry, "lock"),
                entry.path("maxcpu").asInt(),
                entry.path("maxmem").asLong());
    }

    private static StorageResource storage(JsonNode entry) {
        return new StorageResource(
                entry.path("storage").asText(),
                entry.path("node").asText(),
                entry.path("plugintype").asText(),
                Answers.flag(entry, "shared"),
                entry.path("status").asText().equals("available"),
                Answers.tags(entry.path("content").asText("")),
                entry.path("maxdisk").asLong(),
                entry.path("disk").asLong());
    }
}
