package cloud.pxc.crds.machine;

import cloud.pxc.crds.DeletionPolicy;
import cloud.pxc.crds.ObjectRef;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Map;

/** What a machine is to be. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
        value =
                "self.clusterRef == oldSelf.clusterRef && self.hostname == oldSelf.hostname && self.type == oldSelf.type && self.stack == oldSelf.stack && self.set == oldSelf.set && self.ordinal == oldSelf.ordinal && (has(self.adopt) ? self.adopt : 0) == (has(oldSelf.adopt) ? oldSelf.adopt : 0)",
        message =
                "clusterRef, stack, set, ordinal, hostname, type and adopt of a Machine are immutable: delete it and its Stack makes another")
public record MachineSpec(
        @Required @JsonPropertyDescription("The ProxmoxCluster it runs on.")
        ObjectRef clusterRef,

        @Required @Size(max = 63) @JsonPropertyDescription("Name of the stack it belongs to.")
        String stack,

        @Required @Size(max = 63) @JsonPropertyDescription("Name of the machine set it belongs to.")
        String set,

        @Required @Min(0) @Max(9999) @JsonPropertyDescription("Which of its set it is, from 0.")
        Integer ordinal,

        @Required
        @Size(max = 253) @Pattern("^([a-z0-9_]([-a-z0-9_]{0,61}[a-z0-9])?\\.)*[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$") @JsonPropertyDescription("Fully qualified host name.")
        String hostname,

        @Required @JsonPropertyDescription("What runs it.") MachineType type,

        @Size(max = 63) @JsonPropertyDescription("Image of the ProxmoxCluster that it is made from.")
        String image,

        @Required @Min(1) @Max(512) @JsonPropertyDescription("Cores.")
        Integer cores,

        @Required
        @Size(max = 12) @Pattern("^[1-9][0-9]*(Mi|Gi|Ti)$") @JsonPropertyDescription("Memory, for example 4Gi.")
        String memory,

        @Size(max = 16) @JsonPropertyDescription("Disks; the first is the one it boots from.")
        List<Disk> disks,

        @Size(max = 16) @JsonPropertyDescription("Network interfaces, in order.")
        List<NetworkInterface> networks,

        @Default("{}") @JsonPropertyDescription("Where it may run.")
        Placement placement,

        @JsonPropertyDescription("What it does at its first boot.")
        CloudInit cloudInit,

        @Size(max = 64) @JsonPropertyDescription("Any other setting of Proxmox, except those the operator owns.")
        Map<String, String> options,

        @Default("Running") @JsonPropertyDescription("Whether it is to run.")
        PowerState powerState,

        @JsonPropertyDescription("What it boots by; of virtual machines only.")
        Firmware firmware,

        @Default("false") @JsonPropertyDescription("Whether it has a TPM 2.0; of virtual machines only.")
        Boolean tpm,

        @Size(max = 32) @JsonPropertyDescription("Tags at Proxmox, beside the operator's own.")
        List<@Size(max = 60) @Pattern("^[a-z0-9_][a-z0-9_+.-]*$") String> tags,

        @Size(max = 200) @Pattern("^[A-Za-z0-9][A-Za-z0-9_./-]*$") @JsonPropertyDescription("Resource pool of Proxmox; it has to be there.")
        String pool,

        @JsonPropertyDescription("Proxmox' own high availability for it; without it, none.")
        HighAvailability highAvailability,

        @Default("Stall") @JsonPropertyDescription("What is done when its guest was removed past the operator.")
        GuestMissingPolicy guestMissingPolicy,

        @Min(100) @Max(999999999) @JsonPropertyDescription(
                "VMID of a guest made by hand that is taken over as it is; without it, a guest is made.")
        Integer adopt,

        @Default("Delete") @JsonPropertyDescription("What becomes of the guest when the Machine is deleted.")
        DeletionPolicy deletionPolicy) {

    public MachineSpec {
        disks = disks == null ? List.of() : List.copyOf(disks);
        networks = networks == null ? List.of() : List.copyOf(networks);
        tags = tags == null ? List.of() : List.copyOf(tags);
        options = options == null ? Map.of() : Map.copyOf(options);
    }
}
