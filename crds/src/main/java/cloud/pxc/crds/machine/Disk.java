package cloud.pxc.crds.machine;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Map;

/** A disk of a machine. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record Disk(
        @Required
        @Size(max = 30) @Pattern("^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$") @JsonPropertyDescription("Name of the disk; the one called root is the image's.")
        String name,

        @Required
        @Size(max = 12) @Pattern("^[1-9][0-9]*(Mi|Gi|Ti)$") @ValidationRule(
                value = "quantity(self).compareTo(quantity(oldSelf)) >= 0",
                message =
                        "a disk never shrinks: give at least its present size, or add a disk under another name and move the data")
        @JsonPropertyDescription("Size, for example 20Gi. Growing is done in place; a disk never shrinks.")
        String size,

        @Size(max = 100) @JsonPropertyDescription("Storage; the cluster's default where none is named.")
        String storage,

        @Size(max = 32) @ValidationRule(
                value =
                        "self.all(k, k in ['aio', 'backup', 'bps', 'bps_rd', 'bps_wr', 'cache', 'detect_zeroes', 'discard', 'iops', 'iops_max', 'iops_rd', 'iops_wr', 'iothread', 'mbps', 'mbps_max', 'mbps_rd', 'mbps_wr', 'replicate', 'rerror', 'ro', 'ssd', 'werror', 'acl', 'mountoptions', 'quota', 'shared'])",
                message =
                        "options of a disk are those of Proxmox that don't say what disk it is: aio, backup, cache, discard, iothread, ssd, replicate, ro, mbps_rd, …")
        @JsonPropertyDescription(
                "Options of Proxmox for the disk, for example discard: \"on\", ssd: \"1\", backup: \"0\".")
        Map<String, String> options,

        @Size(max = 255) @Pattern("^/.+$") @JsonPropertyDescription(
                "Where a container finds it; /mnt/<name> where nothing is given. The first disk of a container is its root.")
        String mountPath) {

    public Disk {
        options = options == null ? Map.of() : Map.copyOf(options);
    }
}
