package cloud.pxc.crds.machine;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A network interface of a machine. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record NetworkInterface(
        @Required
        @Size(max = 63) @Pattern("^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$") @JsonPropertyDescription("Network of the ProxmoxCluster.")
        String name,

        @Pattern("^([0-9A-F]{2}:){5}[0-9A-F]{2}$") @JsonPropertyDescription("MAC address, kept for life; made from the cluster's prefix where none is given.")
        String mac,

        @Default("false") @JsonPropertyDescription("Whether Proxmox' firewall filters the interface.")
        Boolean firewall) {}
