package cloud.pxc.operator.doctor;

import cloud.pxc.crds.cluster.ImageType;
import cloud.pxc.crds.cluster.VmidRange;
import cloud.pxc.operator.cluster.ClusterNeeds;
import cloud.pxc.operator.cluster.ClusterNeeds.Plug;
import cloud.pxc.proxmox.ApiToken;
import cloud.pxc.proxmox.Connection;
import cloud.pxc.proxmox.Trust;
import cloud.pxc.proxmox.Vmid;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** What a person gives on the command line; a token only by file or environment, for arguments can be seen by everybody. */
final class Arguments {

    static final String TOKEN_VARIABLE = "PXC_PROXMOX_TOKEN";
    private static final Pattern RANGE = Pattern.compile("(\\d{1,9})-(\\d{1,9})");
    private static final int LAST_VLAN = 4094;

    @Option(
            names = "--url",
            required = true,
            split = ",",
            splitSynopsisLabel = "",
            paramLabel = "https://HOST:8006",
            description = "API address of a node; several, or repeated, for more nodes.")
    private List<URI> urls;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description =
                    "File with the API token in one line: user@realm!name=secret. Without it, the environment variable "
                            + TOKEN_VARIABLE + " is read.")
    private Path tokenFile;

    @ArgGroup
    private Trusted trusted = new Trusted();

    /** One of them, or none: then the authorities that this Java trusts. */
    static final class Trusted {
        @Option(
                names = "--ca-file",
                paramLabel = "FILE",
                description = "CA of the cluster, PEM: /etc/pve/pve-root-ca.pem of any node.")
        private Path caFile;

        @Option(
                names = "--fingerprint",
                split = ",",
                splitSynopsisLabel = "",
                paramLabel = "AA:BB:…",
                description = "SHA-256 of a node's certificate (pvenode cert info); one for each node.")
        private List<String> fingerprints;

        @Option(names = "--insecure", description = "Trust whoever answers. Whoever is in between reads the token.")
        private boolean insecure;
    }

    @Option(
            names = "--machines-storage",
            defaultValue = "local-lvm",
            paramLabel = "NAME",
            description = "Storage of machine disks (${DEFAULT-VALUE}).")
    private String machinesStorage;

    @Option(
            names = "--images-storage",
            defaultValue = "local",
            paramLabel = "NAME",
            description = "Storage of images, container templates and ISOs (${DEFAULT-VALUE}).")
    private String imagesStorage;

    @Option(
            names = "--bridge",
            defaultValue = "vmbr0",
            paramLabel = "NAME",
            description = "Bridge or VNet of machines (${DEFAULT-VALUE}).")
    private String bridge;

    @Option(names = "--vlan", paramLabel = "N", description = "VLAN tag on the bridge.")
    private Integer vlan;

    @Option(
            names = "--vmids",
            defaultValue = "10000-19999",
            paramLabel = "FROM-TO",
            description = "VMIDs that machines may have (${DEFAULT-VALUE}).")
    private String vmids;

    @Option(
            names = "--types",
            defaultValue = "vm,container",
            split = ",",
            splitSynopsisLabel = "",
            paramLabel = "TYPE",
            description = "What machines are to be: vm, container (${DEFAULT-VALUE}).")
    private Set<ImageType> types;

    ApiToken token(Map<String, String> environment) {
        var text = tokenFile != null ? read(tokenFile, "--token-file") : environment.getOrDefault(TOKEN_VARIABLE, "");
        if (text.isBlank()) {
            throw new IllegalArgumentException(
                    "No API token is given: write user@realm!name=secret into a file and name it with"
                            + " --token-file, or set " + TOKEN_VARIABLE);
        }
        var equals = text.indexOf('=');
        if (equals < 0) {
            throw new IllegalArgumentException(
                    "The API token has to look like user@realm!name=secret; there is no = in "
                            + (tokenFile != null ? tokenFile : TOKEN_VARIABLE));
        }
        return new ApiToken(
                text.substring(0, equals).strip(), text.substring(equals + 1).strip());
    }

    Connection connection(Map<String, String> environment) {
        return new Connection(urls, token(environment), trust());
    }

    Inquiry inquiry(String tokenId) {
        if (vlan != null && (vlan < 1 || vlan > LAST_VLAN)) {
            throw new IllegalArgumentException("--vlan has to be from 1 to " + LAST_VLAN + ", was " + vlan);
        }
        return new Inquiry(
                tokenId,
                new ClusterNeeds(
                        machinesStorage,
                        imagesStorage,
                        List.of(new Plug(bridge, Optional.ofNullable(vlan))),
                        types,
                        true),
                range());
    }

    private Trust trust() {
        if (trusted.insecure) {
            return new Trust.Insecure();
        }
        if (trusted.fingerprints != null) {
            return new Trust.Fingerprints(trusted.fingerprints);
        }
        return trusted.caFile == null ? new Trust.System() : new Trust.Authorities(read(trusted.caFile, "--ca-file"));
    }

    private VmidRange range() {
        var ends = RANGE.matcher(vmids);
        if (ends.matches()) {
            var from = new Vmid(Integer.parseInt(ends.group(1)));
            var to = new Vmid(Integer.parseInt(ends.group(2)));
            if (from.compareTo(to) <= 0) {
                return new VmidRange(from.value(), to.value());
            }
        }
        throw new IllegalArgumentException("--vmids has to look like 10000-19999, the smaller first, was " + vmids);
    }

    private static String read(Path file, String option) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    option + " " + file + " can't be read (" + e.getClass().getSimpleName() + ")", e);
        }
    }
}
