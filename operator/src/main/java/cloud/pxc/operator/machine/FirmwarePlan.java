package cloud.pxc.operator.machine;

import cloud.pxc.crds.cluster.ProxmoxClusterSpec;
import cloud.pxc.crds.machine.FirmwareType;
import cloud.pxc.crds.machine.Machine;
import cloud.pxc.crds.machine.MachineSpec;
import cloud.pxc.proxmox.GuestConfig;
import cloud.pxc.proxmox.Vmid;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a virtual machine boots by. A guest that boots by the one can't by the other, since its boot disk is written for it; and
 * what is on the disks of UEFI and TPM is never made anew.
 */
record FirmwarePlan(Map<String, String> set, List<String> never, List<String> remarks) {

    static final String TPM = "tpmstate0";
    private static final String BIOS = "bios";
    private static final String UEFI = "ovmf";
    private static final String VARIABLES = "efidisk0";
    private static final String KEYS = "pre-enrolled-keys";

    /** Of a guest that is to be made. */
    static Map<String, String> made(MachineSpec spec, ProxmoxClusterSpec cluster) {
        var settings = new TreeMap<String, String>();
        if (isUefi(spec)) {
            settings.put(BIOS, UEFI);
            settings.put(VARIABLES, variables(spec, cluster));
        }
        if (Boolean.TRUE.equals(spec.tpm())) {
            settings.put(TPM, tpm(cluster));
        }
        return settings;
    }

    /** @param given settings that the guest has from the operator */
    static FirmwarePlan of(
            Machine machine, ProxmoxClusterSpec cluster, GuestConfig config, Vmid vmid, List<String> given) {
        var spec = machine.getSpec();
        var set = new TreeMap<String, String>();
        var never = new ArrayList<String>();
        var remarks = new ArrayList<String>();
        if (spec.firmware() != null) {
            firmware(spec, cluster, config, set, never);
        }
        if (Boolean.TRUE.equals(spec.tpm()) && config.get(TPM).isEmpty()) {
            set.put(TPM, tpm(cluster));
        }
        if (!Boolean.TRUE.equals(spec.tpm())
                && given.contains(TPM)
                && config.get(TPM).isPresent()) {
            remarks.add("the TPM stays, with the keys in it, although the spec doesn't have it any more: set tpm again,"
                    + " or detach it with `qm set " + vmid + " --delete " + TPM + "`");
        }
        return new FirmwarePlan(set, never, remarks);
    }

    private static void firmware(
            MachineSpec spec,
            ProxmoxClusterSpec cluster,
            GuestConfig config,
            Map<String, String> set,
            List<String> never) {
        var boots = config.get(BIOS).filter(UEFI::equals).isPresent();
        var variables = config.get(VARIABLES);
        if (isUefi(spec) && variables.isEmpty()) {
            if (boots) {
                set.put(VARIABLES, variables(spec, cluster));
            } else {
                never.add("firmware (it boots by BIOS)");
            }
        } else if (isUefi(spec)) {
            if (!boots) {
                set.put(BIOS, UEFI);
            }
            var secure = PropertyString.of(variables.get())
                    .get(KEYS)
                    .filter("1"::equals)
                    .isPresent();
            if (secure != isSecure(spec)) {
                never.add("firmware.secureBoot (its keys are " + (secure ? "" : "not ") + "enrolled)");
            }
        } else if (boots && variables.isPresent()) {
            never.add("firmware (it boots by UEFI)");
        } else if (boots) {
            set.put(BIOS, "seabios");
        }
    }

    private static boolean isUefi(MachineSpec spec) {
        return spec.firmware() != null && spec.firmware().type() == FirmwareType.uefi;
    }

    private static boolean isSecure(MachineSpec spec) {
        return Boolean.TRUE.equals(spec.firmware().secureBoot());
    }

    /** Its size is Proxmox' own. */
    private static String variables(MachineSpec spec, ProxmoxClusterSpec cluster) {
        return cluster.storage().machines() + ":1,efitype=4m," + KEYS + "=" + (isSecure(spec) ? "1" : "0");
    }

    private static String tpm(ProxmoxClusterSpec cluster) {
        return cluster.storage().machines() + ":1,version=v2.0";
    }
}
