package cloud.pxc.crds.machine;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;

/** Where a disk of the spec is on the guest. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record AttachedDisk(
        @JsonPropertyDescription("Name of the disk.") String name,

        @JsonPropertyDescription("Its device at Proxmox, for example scsi1 or mp0.")
        String device,

        @JsonPropertyDescription("Its volume, for example local-lvm:vm-10000-disk-1.")
        String volume,

        @JsonPropertyDescription("Options that were set because the spec has, or had, them.")
        List<String> options) {

    public AttachedDisk {
        options = options == null ? List.of() : List.copyOf(options);
    }
}
