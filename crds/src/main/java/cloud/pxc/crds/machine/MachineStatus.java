package cloud.pxc.crds.machine;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;

/** What is known of a machine. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record MachineStatus(
        @JsonPropertyDescription("The generation of the spec that this status speaks of.")
        Long observedGeneration,

        @JsonPropertyDescription(
                "Ready, and while they are true Reconciling and Stalled, in the form of metav1.Condition.")
        List<Condition> conditions,

        @JsonPropertyDescription("How far it is.") Phase phase,

        @JsonPropertyDescription("Its VMID, leased before anything is created.")
        Integer vmid,

        @JsonPropertyDescription("Node it is on, or is to be created on.")
        String node,

        @JsonPropertyDescription("Fully qualified host name.")
        String hostname,

        @JsonPropertyDescription("Its addresses, without prefix length.")
        List<String> addresses,

        @JsonPropertyDescription("MAC addresses of its interfaces, in order.")
        List<String> macs,

        @JsonPropertyDescription("Running task of Proxmox (UPID).")
        String task,

        @JsonPropertyDescription("Whether its guest has been created and found to be ours.")
        Boolean created,

        @JsonPropertyDescription("Whether it has been started once.")
        Boolean started,

        @JsonPropertyDescription("Volume of its cloud-init ISO.")
        String seed,

        @JsonPropertyDescription("Image volume it was made from.")
        String image,

        @JsonPropertyDescription("Hash of what its cloud-init ISO holds.")
        String seedHash,

        @JsonPropertyDescription("Whether its first boot is over.")
        Boolean booted,

        @JsonPropertyDescription("Whether its guest was made by hand and taken over.")
        Boolean adopted,

        @JsonPropertyDescription("Value of the annotation pxc.cloud/restart that was followed last.")
        String restarted,

        @JsonPropertyDescription("Value of the annotation pxc.cloud/migrate that was followed last.")
        String migrated,

        @JsonPropertyDescription("What the operator has given its guest: it changes and unsets that and nothing else.")
        GuestHardware hardware) {

    public MachineStatus {
        conditions = conditions == null ? List.of() : List.copyOf(conditions);
        addresses = addresses == null ? List.of() : List.copyOf(addresses);
        macs = macs == null ? List.of() : List.copyOf(macs);
    }
}
