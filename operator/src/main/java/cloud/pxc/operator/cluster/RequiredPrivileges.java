package cloud.pxc.operator.cluster;

import cloud.pxc.crds.cluster.ProxmoxClusterSpec;
import cloud.pxc.proxmox.Permissions;
import cloud.pxc.proxmox.Version;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What the API token must be allowed to do, by path of Proxmox' access control. */
public final class RequiredPrivileges {

    private static final List<String> ON_GUESTS = List.of(
            "VM.Allocate",
            "VM.Audit",
            "VM.Config.CDROM",
            "VM.Config.CPU",
            "VM.Config.Cloudinit",
            "VM.Config.Disk",
            "VM.Config.HWType",
            "VM.Config.Memory",
            "VM.Config.Network",
            "VM.Config.Options",
            "VM.Migrate",
            "VM.PowerMgmt",
            "VM.Snapshot",
            "VM.Snapshot.Rollback");

    /** To ask the guest agent for the addresses of a guest: what it is called, and what it was called before Proxmox VE 9. */
    private static final String AGENT = "VM.GuestAgent.Audit";

    private static final String AGENT_BEFORE_9 = "VM.Monitor";

    private RequiredPrivileges() {}

    static Map<String, List<String>> of(ProxmoxClusterSpec spec, Version version) {
        return of(ClusterNeeds.of(spec), version);
    }

    public static Map<String, List<String>> of(ClusterNeeds needs, Version version) {
        var required = new TreeMap<String, List<String>>();
        required.put("/", List.of("Sys.Audit"));
        required.put("/vms", onGuests(version));
        required.put("/storage/" + needs.machines(), List.of("Datastore.AllocateSpace", "Datastore.Audit"));
        // Allocate: to remove the cloud-init ISOs and images it has put there.
        required.put(
                "/storage/" + needs.images(),
                List.of(
                        "Datastore.Allocate",
                        "Datastore.AllocateSpace",
                        "Datastore.AllocateTemplate",
                        "Datastore.Audit"));
        needs.plugs().forEach(plug -> required.put(plug.path(), List.of("SDN.Use")));
        // Audit: how much room a node has.
        required.put("/nodes", needs.downloads() ? List.of("Sys.AccessNetwork", "Sys.Audit") : List.of("Sys.Audit"));
        return required;
    }

    private static List<String> onGuests(Version version) {
        var agent = version.release().matches("[1-8]\\..*") ? AGENT_BEFORE_9 : AGENT;
        return Stream.concat(ON_GUESTS.stream(), Stream.of(agent)).sorted().toList();
    }

    /** Those that a token lacks, by path. */
    public static Map<String, List<String>> missing(ClusterNeeds needs, Version version, Permissions permissions) {
        var missing = new TreeMap<String, List<String>>();
        of(needs, version).forEach((path, privileges) -> {
            var lacking = permissions.missing(path, privileges);
            if (!lacking.isEmpty()) {
                missing.put(path, lacking);
            }
        });
        return missing;
    }
}
