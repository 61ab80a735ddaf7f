package cloud.pxc.crds.machine;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

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
        String storage) {}
