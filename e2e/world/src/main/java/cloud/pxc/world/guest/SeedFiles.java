package cloud.pxc.world.guest;

import cloud.pxc.world.proxmox.Guests;
import cloud.pxc.world.proxmox.Iso9660;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What cloud-init finds in a virtual machine: the files of the NoCloud ISO in its drive, put where it looks for them on a
 * file system, because not every kernel can mount an ISO.
 */
final class SeedFiles {
    private static final String FOLDER = "var/lib/cloud/seed/nocloud/";
    private static final List<String> NAMES = List.of("meta-data", "user-data", "vendor-data", "network-config");

    private SeedFiles() {}

    /** By path below its root; of the first ISO that is labelled {@code cidata}, none without one. */
    static Map<String, byte[]> of(Guests.Boot boot) throws IOException {
        var files = new LinkedHashMap<String, byte[]>();
        for (var cdrom : boot.cdroms()) {
            var image = Iso9660.open(cdrom);
            if (image.isPresent() && image.get().label().equalsIgnoreCase("cidata")) {
                NAMES.forEach(name -> image.get().file(name).ifPresent(bytes -> files.put(FOLDER + name, bytes)));
                return files;
            }
        }
        return files;
    }
}
