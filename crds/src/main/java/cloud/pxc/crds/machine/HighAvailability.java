package cloud.pxc.crds.machine;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;

/** How Proxmox' own high availability treats a machine ({@code /cluster/ha/resources}). */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record HighAvailability(
        @Default("1")
        @Min(0) @Max(100) @JsonPropertyDescription("How often Proxmox tries to start it again on its node.")
        Integer maxRestart,

        @Default("1") @Min(0) @Max(100) @JsonPropertyDescription("How often Proxmox then tries another node.")
        Integer maxRelocate,

        @Size(max = 100) @Pattern("^[A-Za-z][-A-Za-z0-9_]+$") @JsonPropertyDescription("HA group, where the version of Proxmox has groups.")
        String group) {}
