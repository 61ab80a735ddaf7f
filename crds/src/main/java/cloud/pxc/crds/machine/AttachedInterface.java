package cloud.pxc.crds.machine;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** Which network an interface of the guest is for. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record AttachedInterface(
        @JsonPropertyDescription("Its device at Proxmox, for example net0.")
        String device,

        @JsonPropertyDescription("Network of the ProxmoxCluster.")
        String network,

        @JsonPropertyDescription("Its MAC address.") String mac) {}
