package cloud.pxc.crds.cluster;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** An image that machines are made from, kept on every node that needs it. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
        value = "has(self.url) != has(self.template)",
        message = "give either url or template, not both and not neither")
@ValidationRule(value = "self.type == 'container' || has(self.url)", message = "an image of type vm needs a url")
@ValidationRule(
        value = "!has(self.url) || !self.url.startsWith('http://') || has(self.checksum)",
        message = "an image fetched over plain http needs a checksum (sha256:…, sha384:… or sha512:…)")
public record Image(
        @Required
        @Size(max = 63) @Pattern("^[a-z0-9]([-a-z0-9.]{0,61}[a-z0-9])?$") @JsonPropertyDescription("Name that machines use.")
        String name,

        @Required @JsonPropertyDescription("What the image is for.")
        ImageType type,

        @Size(max = 2048) @Pattern("^https?://.+") @JsonPropertyDescription("Where Proxmox downloads it from. https is verified; http needs a checksum.")
        String url,

        @Size(max = 135) @Pattern("^(sha256:[0-9a-f]{64}|sha384:[0-9a-f]{96}|sha512:[0-9a-f]{128})$") @JsonPropertyDescription("algorithm:hex, for example sha512:…; Proxmox refuses a download that differs.")
        String checksum,

        @Size(max = 200) @JsonPropertyDescription(
                "Container template from Proxmox' own index, for example debian-12-standard: the newest version of it.")
        String template) {}
