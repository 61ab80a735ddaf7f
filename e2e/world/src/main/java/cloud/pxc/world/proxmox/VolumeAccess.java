package cloud.pxc.world.proxmox;

import java.util.OptionalInt;

/** Who may use which volume: {@code check_volume_access} of {@code PVE/Storage.pm}. */
final class VolumeAccess {
    private final Access access;

    VolumeAccess(Access access) {
        this.access = access;
    }

    /**
     * @param forVmid the guest that it is to be used by; a guest may use its own disks
     * @throws ApiException 403 that names what is missing
     */
    void check(Principal caller, String volid, OptionalInt forVmid) {
        var path = "/storage/" + Storages.storageOf(volid);
        if (access.may(caller, path, "Datastore.Allocate")) {
            return;
        }
        switch (contentOf(volid)) {
            case "iso", "vztmpl", "import" -> {
                if (!access.may(caller, path, "Datastore.AllocateSpace", "Datastore.Audit")) {
                    throw ApiException.forbidden(path + ", Datastore.AllocateSpace|Datastore.Audit");
                }
            }
            case "images" -> {
                var owner = owner(volid);
                if (owner.isEmpty()) {
                    throw ApiException.failure("missing privileges to access " + volid);
                }
                if (forVmid.isEmpty() || forVmid.getAsInt() != owner.getAsInt()) {
                    access.require(caller, path, "Datastore.Audit");
                    access.require(caller, "/vms/" + owner.getAsInt(), "VM.Config.Disk");
                }
            }
            default -> throw ApiException.failure("missing privileges to access " + volid);
        }
    }

    boolean mayRead(Principal caller, String volid) {
        try {
            check(caller, volid, OptionalInt.empty());
            return true;
        } catch (ApiException e) {
            return false;
        }
    }

    /** What kind of content a volume id stands for. */
    static String contentOf(String volid) {
        var name = volid.substring(volid.indexOf(':') + 1);
        var folder = name.contains("/") ? name.substring(0, name.indexOf('/')) : "";
        return switch (folder) {
            case "iso", "vztmpl", "import", "backup", "snippets" -> folder;
            default -> "images";
        };
    }

    private static OptionalInt owner(String volid) {
        var digits = volid.replaceFirst("^.*(?:vm|base|subvol)-(\\d+)-.*$", "$1");
        return digits.matches("\\d{1,9}") ? OptionalInt.of(Integer.parseInt(digits)) : OptionalInt.empty();
    }
}
