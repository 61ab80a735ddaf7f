package cloud.pxc.crds.machine;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A disk of a machine. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record Disk(
        @Required
        @Size(max = 30) @Pattern("^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$") @JsonPropertyDescription("Name of the disk; the one called root is the image's.")
        String name,

        @Required
        @Pattern("^[1-9][0-9]*(Mi|Gi|Ti)$") @JsonPropertyDescription("Size, for example 20Gi. Growing is done in place; a disk never shrinks.")
        String size,

        @Size(max = 100) @JsonPropertyDescription("Storage; the cluster's default where none is named.")
        String storage) {}
