package cloud.pxc.crds.machine;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.ValidationRule;

/** What a virtual machine boots by. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
        value = "self.type == 'uefi' || !self.secureBoot",
        message = "secureBoot needs type uefi: set firmware.type: uefi")
public record Firmware(
        @Default("bios") @JsonPropertyDescription("bios, or uefi with its variables on a disk of 4 MiB.")
        FirmwareType type,

        @Default("false")
        @JsonPropertyDescription(
                "Whether the usual keys for Secure Boot are enrolled (efidisk0, pre-enrolled-keys); uefi only.")
        Boolean secureBoot) {}
