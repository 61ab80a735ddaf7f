package cloud.pxc.operator.cluster;

import cloud.pxc.crds.cluster.ProxmoxClusterSpec;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the API token must be allowed to do, by path of Proxmox' access control. */
final class RequiredPrivileges {

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
            "VM.PowerMgmt");

    private RequiredPrivileges() {}

    static Map<String, List<String>> of(ProxmoxClusterSpec spec) {
        var required = new TreeMap<String, List<String>>();
        required.put("/", List.of("Sys.Audit"));
        required.put("/vms", ON_GUESTS);
        required.put("/storage/" + spec.storage().machines(), List.of("Datastore.AllocateSpace", "Datastore.Audit"));
        // Allocate: to remove the cloud-init ISOs and images it has put there.
        required.put(
                "/storage/" + spec.storage().images(),
                List.of(
                        "Datastore.Allocate",
                        "Datastore.AllocateSpace",
                        "Datastore.AllocateTemplate",
                        "Datastore.Audit"));
        spec.networks()
                .forEach(network -> required.put(
                        "/sdn/zones/localnetwork/" + network.bridge()
                                + (network.vlan() == null ? "" : "/" + network.vlan()),
                        List.of("SDN.Use")));
        if (spec.images().stream().anyMatch(image -> image.url() != null)) {
            required.put("/nodes", List.of("Sys.AccessNetwork"));
        }
        return required;
    }
}
