package cloud.pxc.crds.stack;

import cloud.pxc.crds.machine.CloudInit;
import cloud.pxc.crds.machine.Disk;
import cloud.pxc.crds.machine.MachineType;
import cloud.pxc.crds.machine.NetworkInterface;
import cloud.pxc.crds.machine.Placement;
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
                "self.type != 'container' || !has(self.cloudInit) || !(has(self.cloudInit.packages) || has(self.cloudInit.runCommands) || has(self.cloudInit.userDataRef))",
        message =
                "a container has no cloud-init: only cloudInit.sshAuthorizedKeys reaches it; put packages and commands into its template, or use type vm")
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

        @Required @Size(min = 1, max = 63) @JsonPropertyDescription("Image of the ProxmoxCluster.")
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
                        "self.all(k, !(k in ['name','hostname','tags','vmid','memory','cores','boot','ide2','lock','template','digest','ostemplate','storage','pool']) && !k.matches('^(net|scsi|virtio|sata|ide|mp|ipconfig|unused)[0-9]+$'))",
                message =
                        "an option that the operator owns (name, tags, memory, cores, boot, disks, networks, …) is set by its own field of the machine set")
        @JsonPropertyDescription("Any other setting of Proxmox, except those the operator owns.")
        Map<String, String> options,

        @Default("{}") @JsonPropertyDescription("How changes reach running machines.")
        UpdateStrategy updateStrategy) {

    public MachineSet {
        disks = disks == null ? List.of() : List.copyOf(disks);
        networks = networks == null ? List.of() : List.copyOf(networks);
        options = options == null ? Map.of() : Map.copyOf(options);
    }
}
