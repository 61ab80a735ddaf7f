package cloud.pxc.operator.machine;

import cloud.pxc.crds.machine.Machine;
import cloud.pxc.ledger.Owner;
import java.util.Set;

/** What a guest is recognised by. */
final class MachineIdentity {

    static final String KIND = "Machine";
    /** Every guest of the operator carries it. */
    static final String TAG = "pxc";

    private static final int SEED_DIGITS = 8;

    private MachineIdentity() {}

    static Owner owner(Machine machine) {
        var meta = machine.getMetadata();
        return new Owner(Owner.LOCAL, meta.getNamespace(), KIND, meta.getName(), meta.getUid());
    }

    /** As logs and messages name it: {@code team-a/shop-web-0}. */
    static String name(Machine machine) {
        return machine.getMetadata().getNamespace() + "/"
                + machine.getMetadata().getName();
    }

    /** No other guest carries it, unless somebody clones this one: the clone has another VMID. */
    static String ownerTag(Machine machine) {
        return "pxc-" + machine.getMetadata().getUid();
    }

    static Set<String> tags(Machine machine) {
        return Set.of(TAG, ownerTag(machine), stackFqdn(machine));
    }

    /** {@code <stack>.<cloud domain>}: the host name without its first label. */
    static String stackFqdn(Machine machine) {
        var hostname = machine.getSpec().hostname();
        return hostname.substring(hostname.indexOf('.') + 1);
    }

    /**
     * File name of its cloud-init ISO, whatever VMID it comes to have: another one for each content, since a guest that runs has
     * the one before open.
     */
    static String seedName(Machine machine, String hash) {
        return ownerTag(machine) + "-" + hash.substring(0, SEED_DIGITS) + ".iso";
    }

    static boolean isSeedOf(Machine machine, String filename) {
        return filename.startsWith(ownerTag(machine)) && filename.endsWith(".iso");
    }
}
