package cloud.pxc.crds.cluster;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** Storages that are used where a machine names none. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record StorageDefaults(
        @Required @Size(min = 1, max = 100) @JsonPropertyDescription("Storage of machine disks.")
        String machines,

        @Required
        @Size(min = 1, max = 100) @JsonPropertyDescription(
                "Storage of images, container templates and cloud-init ISOs; it must take the content types import, vztmpl and iso.")
        String images) {}
