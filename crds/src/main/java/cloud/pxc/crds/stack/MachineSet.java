package cloud.pxc.crds.stack;

import cloud.pxc.crds.machine.CloudInit;
import cloud.pxc.crds.machine.Disk;
import cloud.pxc.crds.machine.Firmware;
import cloud.pxc.crds.machine.GuestMissingPolicy;
import cloud.pxc.crds.machine.HighAvailability;
import cloud.pxc.crds.machine.MachineType;
import cloud.pxc.crds.machine.NetworkInterface;
import cloud.pxc.crds.machine.Placement;
import cloud.pxc.crds.machine.PowerState;
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

/** Machines of one make. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
        value =
                "self.type != 'container' || !has(self.cloudInit) || !(has(self.cloudInit.packages) || has(self.cloudInit.runCommands) || has(self.cloudInit.userDataRef) || has(self.cloudInit.files) || has(self.cloudInit.passwordRef) || has(self.cloudInit.timezone) || has(self.cloudInit.locale) || has(self.cloudInit.keyboard))",
        message =
                "a container has no cloud-init: only cloudInit.sshAuthorizedKeys reaches it; put packages, files and commands into its template, or use type vm")
@ValidationRule(
        value = "self.replicas <= 1 || !has(self.networks) || self.networks.all(n, !has(n.ipv4) && !has(n.ipv6))",
        message = "a fixed address belongs to one machine: set replicas to 1, or leave ipv4 and ipv6 of networks out")
@ValidationRule(
        value = "self.type != 'container' || !(has(self.firmware) || (has(self.tpm) && self.tpm))",
        message = "a container has neither firmware nor TPM: leave firmware and tpm out, or use type vm")
@ValidationRule(
        value = "self.type == 'container' || !has(self.disks) || self.disks.all(d, !has(d.mountPath))",
        message = "mountPath is for disks of containers: a virtual machine mounts its disks itself, by cloudInit")
@ValidationRule(
        value = "has(self.image) || self.replicas == 0 || (has(self.adopt) && size(self.adopt) >= self.replicas)",
        message =
                "image is needed for each machine that is made: name an image of the ProxmoxCluster, or adopt as many guests as there are replicas")
public record MachineSet(
        @Required
        @Size(max = 30) @Pattern("^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$") @JsonPropertyDescription("Name of the set; part of its machines' names.")
        String name,

        @Default("1") @Min(0) @Max(1000) @JsonPropertyDescription("How many.")
        Integer replicas,

        @Default("vm")
        @ValidationRule(
                value = "self == oldSelf",
                message =
                        "type is immutable: add a machine set of the other type under another name and remove this one")
        @JsonPropertyDescription("What runs them.")
        MachineType type,

        @Size(min = 1, max = 63) @JsonPropertyDescription(
                "Image of the ProxmoxCluster that they are made from; not needed where each of them is adopted.")
        String image,

        @Default("1") @Min(1) @Max(512) @JsonPropertyDescription("Cores of each.")
        Integer cores,

        @Default("1Gi")
        @Size(max = 12) @Pattern("^[1-9][0-9]*(Mi|Gi|Ti)$") @JsonPropertyDescription("Memory of each, for example 4Gi.")
        String memory,

        @Size(max = 16) @ValidationRule(
                value = "self.all(d, self.exists_one(o, o.name == d.name))",
                message = "each disk of a set needs a name of its own")
        @JsonPropertyDescription(
                "Disks of each; the first is the one they boot from. Without any, the image's disk as it is.")
        List<Disk> disks,

        @Size(max = 16) @JsonPropertyDescription("Network interfaces of each, in order.")
        List<NetworkInterface> networks,

        @Default("{}") @JsonPropertyDescription("Where they may run.")
        Placement placement,

        @JsonPropertyDescription("What they do at their first boot.")
        CloudInit cloudInit,

        @Size(max = 64) @ValidationRule(
                value =
                        "self.all(k, !(k in ['name','hostname','tags','vmid','memory','cores','boot','ide2','lock','template','digest','ostemplate','storage','pool','bios','efidisk0','tpmstate0']) && !k.matches('^(net|scsi|virtio|sata|ide|mp|ipconfig|unused)[0-9]+$'))",
                message =
                        "an option that the operator owns (name, tags, memory, cores, boot, disks, networks, …) is set by its own field of the machine set")
        @JsonPropertyDescription("Any other setting of Proxmox, except those the operator owns.")
        Map<String, String> options,

        @Default("Running") @JsonPropertyDescription("Whether they are to run.")
        PowerState powerState,

        @JsonPropertyDescription("What they boot by; of virtual machines only.")
        Firmware firmware,

        @Default("false") @JsonPropertyDescription("Whether each has a TPM 2.0; of virtual machines only.")
        Boolean tpm,

        @Size(max = 32) @ValidationRule(
                value = "self.all(t, t != 'pxc' && !t.startsWith('pxc-'))",
                message = "tags that begin with pxc are the operator's: choose others")
        @JsonPropertyDescription("Tags at Proxmox, beside the operator's own.")
        List<@Size(max = 60) @Pattern("^[a-z0-9_][a-z0-9_+.-]*$") String> tags,

        @Size(max = 200) @Pattern("^[A-Za-z0-9][A-Za-z0-9_./-]*$") @JsonPropertyDescription("Resource pool of Proxmox; it has to be there.")
        String pool,

        @JsonPropertyDescription("Proxmox' own high availability for each; without it, none.")
        HighAvailability highAvailability,

        @Default("Stall") @JsonPropertyDescription("What is done when a guest was removed past the operator.")
        GuestMissingPolicy guestMissingPolicy,

        @Size(max = 64) @ValidationRule(
                value = "self.all(h, self.exists_one(o, o == h))",
                message = "each of hostnames belongs to one machine: name none twice")
        @JsonPropertyDescription(
                "Host names, without domain, of the machines by their ordinal; those without one are given a generated name.")
        List<@Size(max = 63) @Pattern("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$") String> hostnames,

        @Size(max = 64) @ValidationRule(
                value = "self.all(v, self.exists_one(o, o == v))",
                message = "each of adopt is the VMID of one machine: name none twice")
        @JsonPropertyDescription(
                "VMIDs of guests made by hand, by ordinal, that are taken over as they are instead of being made.")
        List<@Min(100) @Max(999999999) Integer> adopt,

        @Default("{}") @JsonPropertyDescription("How changes reach running machines.")
        UpdateStrategy updateStrategy) {

    public MachineSet {
        disks = disks == null ? List.of() : List.copyOf(disks);
        networks = networks == null ? List.of() : List.copyOf(networks);
        tags = tags == null ? List.of() : List.copyOf(tags);
        hostnames = hostnames == null ? List.of() : List.copyOf(hostnames);
        adopt = adopt == null ? List.of() : List.copyOf(adopt);
        options = options == null ? Map.of() : Map.copyOf(options);
    }
}
