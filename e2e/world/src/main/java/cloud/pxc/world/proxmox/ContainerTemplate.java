package cloud.pxc.world.proxmox;

import java.net.URI;
import java.util.Optional;

/**
 * A container template that {@code GET /nodes/{node}/aplinfo} offers.
 *
 * @param file name of the archive, such as {@code debian-12-standard_12.12-1_amd64.tar.zst}
 * @param os such as {@code debian-12}
 * @param headline one line for people
 * @param location where a node really fetches it from; empty: the simulator makes an archive up, which is enough where
 *     nothing runs in the container
 * @param sha512 what it hashes to; empty only where it is made up
 */
public record ContainerTemplate(
        String file, String os, String headline, Optional<URI> location, Optional<String> sha512) {
    /** @throws IllegalArgumentException when there is a location without a checksum */
    public ContainerTemplate {
        if (location.isPresent() && sha512.isEmpty()) {
            throw new IllegalArgumentException(
                    file + " has a location and needs its sha512: templates are always verified");
        }
    }

    /** One whose content is made up. */
    public static ContainerTemplate simulated(String file, String os, String headline) {
        return new ContainerTemplate(file, os, headline, Optional.empty(), Optional.empty());
    }

    /** {@code debian-12-standard}: the name without version and architecture. */
    String packageName() {
        return file.replaceFirst("_.*$", "");
    }

    String version() {
        return file.contains("_") ? file.split("_")[1] : "";
    }

    String architecture() {
        return file.replaceFirst("^.*_([a-z0-9]+)\\.tar.*$", "$1");
    }

    String url() {
        return location.map(URI::toString).orElse("http://download.proxmox.com/images/system/" + file);
    }
}
