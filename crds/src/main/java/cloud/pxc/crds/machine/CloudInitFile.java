package cloud.pxc.crds.machine;

import cloud.pxc.crds.KeyRef;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** A file that cloud-init writes at the first boot. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
        value = "has(self.content) != has(self.contentRef)",
        message = "give either content or contentRef of a file, not both and not neither")
public record CloudInitFile(
        @Required @Size(max = 4096) @Pattern("^/.*[^/]$") @JsonPropertyDescription("Absolute path.")
        String path,

        @Size(max = 65536) @JsonPropertyDescription("What it holds.")
        String content,

        @JsonPropertyDescription("Key of a Secret or ConfigMap in the same namespace that holds it.")
        KeyRef contentRef,

        @Default("0644") @Pattern("^[0-7]{3,4}$") @JsonPropertyDescription("Mode in octal digits.")
        String permissions,

        @Default("root:root")
        @Size(max = 65) @Pattern("^[a-z_][-a-z0-9_]{0,30}:[a-z_][-a-z0-9_]{0,30}$") @JsonPropertyDescription("Owner and group, for example root:root.")
        String owner) {}
