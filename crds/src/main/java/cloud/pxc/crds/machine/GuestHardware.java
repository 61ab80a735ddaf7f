package cloud.pxc.crds.machine;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;

/** What the operator has given a guest: it changes and unsets this, and nothing that somebody else set. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record GuestHardware(
        @JsonPropertyDescription("Its disks by name.") List<AttachedDisk> disks,

        @JsonPropertyDescription("Its network interfaces.") List<AttachedInterface> interfaces,

        @JsonPropertyDescription("Options that were set because the spec has, or had, them.")
        List<String> options,

        @JsonPropertyDescription("Tags that were set because the spec has, or had, them.")
        List<String> tags,

        @JsonPropertyDescription("Resource pool it was put into.")
        String pool) {

    public GuestHardware {
        disks = disks == null ? List.of() : List.copyOf(disks);
        interfaces = interfaces == null ? List.of() : List.copyOf(interfaces);
        options = options == null ? List.of() : List.copyOf(options);
        tags = tags == null ? List.of() : List.copyOf(tags);
    }
}
