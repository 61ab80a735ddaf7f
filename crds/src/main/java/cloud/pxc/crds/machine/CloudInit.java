package cloud.pxc.crds.machine;

import cloud.pxc.crds.KeyRef;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** What the machine does at its first boot. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record CloudInit(
        @Pattern("^[a-z_][-a-z0-9_]{0,30}$") @JsonPropertyDescription("User that the keys are for; the image's default user where none is named.")
        String user,

        @Size(max = 64) @JsonPropertyDescription("Public keys that may log in, in the form of authorized_keys.")
        List<@Size(min = 1, max = 8192) String> sshAuthorizedKeys,

        @Size(max = 256) @JsonPropertyDescription("Packages to install.")
        List<@Size(min = 1, max = 256) String> packages,

        @Size(max = 256) @JsonPropertyDescription("Commands to run once, each by sh.")
        List<@Size(min = 1, max = 8192) String> runCommands,

        @JsonPropertyDescription(
                "Key of a Secret or ConfigMap in the same namespace that holds whole user-data; it is merged under the fields here.")
        KeyRef userDataRef,

        @Size(max = 64) @JsonPropertyDescription("Files to write.")
        List<CloudInitFile> files,

        @JsonPropertyDescription(
                "Key of a Secret in the same namespace that holds the password's hash, as mkpasswd makes it; without it the user has no password.")
        KeyRef passwordRef,

        @Size(max = 64) @Pattern("^[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+)*$") @JsonPropertyDescription("Time zone, for example Europe/Vienna.")
        String timezone,

        @Size(max = 64) @Pattern("^[A-Za-z0-9_.@-]+$") @JsonPropertyDescription("Locale, for example de_AT.UTF-8.")
        String locale,

        @Size(max = 32) @Pattern("^[a-z]+(-[a-z0-9]+)*$") @JsonPropertyDescription("Layout of the keyboard, for example de.")
        String keyboard,

        @Default("false")
        @JsonPropertyDescription(
                "Whether the cloud-init drive is taken away after the first boot, and its ISO removed.")
        Boolean detachAfterFirstBoot) {

    public CloudInit {
        sshAuthorizedKeys = sshAuthorizedKeys == null ? List.of() : List.copyOf(sshAuthorizedKeys);
        packages = packages == null ? List.of() : List.copyOf(packages);
        runCommands = runCommands == null ? List.of() : List.copyOf(runCommands);
        files = files == null ? List.of() : List.copyOf(files);
    }
}
