package cloud.pxc.world.proxmox;

import java.util.Collection;
import java.util.Map;
import java.util.Set;

/** Which privilege each setting of a container needs: {@code check_ct_modify_config_perm} of {@code PVE/LXC.pm}. */
final class LxcRights {
    private final Access access;
    private final Networks networks;

    LxcRights(Access access, Networks networks) {
        this.access = access;
        this.networks = networks;
    }

    /** @param settings what is set, by key */
    void check(Principal caller, int vmid, Map<String, String> settings) {
        if (caller.id().equals(Access.ROOT)) {
            return;
        }
        checkKeys(caller, vmid, settings.keySet());
        networks.checkAccess(caller, settings);
        var features = settings.get("features");
        if (features != null && !features.matches("nesting=[01]|")) {
            throw ApiException.of(
                    403,
                    "Permission check failed (changing feature flags (except nesting) is only allowed for root@pam)");
        }
    }

    /** @param keys what is set, deleted or reverted */
    void checkKeys(Principal caller, int vmid, Collection<String> keys) {
        if (!caller.id().equals(Access.ROOT)) {
            keys.forEach(key -> access.require(caller, "/vms/" + vmid, privilege(key)));
        }
    }

    private static String privilege(String key) {
        if (key.matches("dev\\d+")) {
            throw ApiException.of(
                    403, "Permission check failed (configuring device passthrough is only allowed for root@pam)");
        }
        if (key.equals("hookscript")) {
            throw ApiException.of(
                    403, "Permission check failed (changing the hookscript is only allowed for root@pam)");
        }
        if (Set.of("cores", "cpuunits", "cpulimit").contains(key)) {
            return "VM.Config.CPU";
        }
        if (Drives.isDrive(Guest.Kind.LXC, key)) {
            return "VM.Config.Disk";
        }
        if (Set.of("memory", "swap").contains(key)) {
            return "VM.Config.Memory";
        }
        if (key.matches("net\\d+|nameserver|searchdomain|hostname")) {
            return "VM.Config.Network";
        }
        return key.equals("features") ? "VM.Allocate" : "VM.Config.Options";
    }
}
