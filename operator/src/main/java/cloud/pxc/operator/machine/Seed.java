package cloud.pxc.operator.machine;

import cloud.pxc.crds.KeyRef;
import cloud.pxc.crds.cluster.ProxmoxCluster;
import cloud.pxc.crds.machine.CloudInit;
import cloud.pxc.crds.machine.CloudInitFile;
import cloud.pxc.crds.machine.Machine;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.representer.Representer;

/**
 * What cloud-init finds at a machine's first boot: meta-data, user-data and network-config of its NoCloud data source, on a volume
 * labelled {@code cidata}.
 */
final class Seed {

    private static final String HEADER = "#cloud-config";
    /** Of crypt(3), whatever the method. */
    private static final Pattern PASSWORD_HASH = Pattern.compile("\\$[0-9a-z]+\\$[^\\s:]+");

    private static final ObjectMapper JSON = new ObjectMapper();

    private Seed() {}

    /**
     * Whole user-data that the machine names, rendered, comes first: fields of the spec are added to lists and win elsewhere.
     *
     * @param nics with what is leased for them
     * @throws IllegalArgumentException with a sentence, if the user-data can't be rendered or merged
     */
    static byte[] iso(Machine machine, ProxmoxCluster cluster, List<Nic> nics, SeedContent content) {
        var files = new LinkedHashMap<String, byte[]>();
        files.put("meta-data", text("", metaData(machine)));
        files.put("network-config", text("", networkConfig(machine, nics)));
        files.put("user-data", text(HEADER + "\n", userData(machine, variables(machine, cluster, nics), content)));
        return IsoImage.of("cidata", files);
    }

    /**
     * Tells whether an ISO would be another one, without what is in Secrets: of them only the versions count, so that nobody can
     * try out from it what they hold.
     *
     * @param versions of what the machine names
     * @return 64 hexadecimal digits
     */
    static String hash(Machine machine, ProxmoxCluster cluster, List<Nic> nics, Map<String, String> versions) {
        var what = ordered(
                "meta-data", metaData(machine),
                "network-config", networkConfig(machine, nics),
                "variables", variables(machine, cluster, nics),
                "cloudInit", fields(machine),
                "sources", versions);
        try {
            var digest = MessageDigest.getInstance("SHA-256")
                    .digest(yaml().dump(what).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java has no SHA-256", e);
        }
    }

    /** Without what concerns the drive alone. */
    private static Map<?, ?> fields(Machine machine) {
        var fields = JSON.convertValue(machine.getSpec().cloudInit(), LinkedHashMap.class);
        if (fields != null) {
            fields.remove("detachAfterFirstBoot");
        }
        return fields == null ? Map.of() : fields;
    }

    private static Map<String, String> variables(Machine machine, ProxmoxCluster cluster, List<Nic> nics) {
        return UserDataTemplate.variables(
                machine, cluster, nics.stream().flatMap(Nic::addresses).toList());
    }

    private static Map<String, Object> metaData(Machine machine) {
        return ordered("instance-id", machine.getMetadata().getUid(), "local-hostname", label(machine));
    }

    /** Network configuration, version 2: each interface by its MAC address. */
    static Map<String, Object> networkConfig(Machine machine, List<Nic> nics) {
        var ethernets = new LinkedHashMap<String, Object>();
        for (var nic : nics) {
            ethernets.put("eth" + nic.number(), ethernet(machine, nic));
        }
        return ordered("version", 2, "ethernets", ethernets);
    }

    private static Map<String, Object> ethernet(Machine machine, Nic nic) {
        var network = nic.network();
        var ethernet = ordered("match", ordered("macaddress", nic.mac().toLowerCase(java.util.Locale.ROOT)));
        ethernet.put("set-name", "eth" + nic.number());
        if (network.mtu() != null) {
            ethernet.put("mtu", network.mtu());
        }
        var addresses = new ArrayList<String>();
        nic.ipv4WithPrefix().ifPresent(addresses::add);
        nic.ipv6WithPrefix().ifPresent(addresses::add);
        if (nic.dhcp4()) {
            ethernet.put("dhcp4", true);
        }
        if (nic.dhcp6()) {
            ethernet.put("dhcp6", true);
        }
        if (nic.slaac()) {
            ethernet.put("accept-ra", true);
        }
        if (!addresses.isEmpty()) {
            ethernet.put("addresses", addresses);
        }
        var routes = new ArrayList<Object>();
        if (nic.ipv4().isPresent() && network.ipv4().gateway() != null) {
            routes.add(ordered("to", "0.0.0.0/0", "via", network.ipv4().gateway()));
        }
        if (nic.ipv6().isPresent() && network.ipv6().gateway() != null) {
            routes.add(ordered("to", "::/0", "via", network.ipv6().gateway()));
        }
        if (!routes.isEmpty()) {
            ethernet.put("routes", routes);
        }
        if (!network.nameservers().isEmpty()) {
            ethernet.put(
                    "nameservers",
                    ordered("addresses", network.nameservers(), "search", List.of(MachineIdentity.stackFqdn(machine))));
        }
        return ethernet;
    }

    static Map<String, Object> userData(Machine machine, Map<String, String> variables, SeedContent content) {
        var merged = given(machine, variables, content);
        merged.put("hostname", label(machine));
        merged.put("fqdn", machine.getSpec().hostname());
        merged.putIfAbsent("manage_etc_hosts", true);
        var cloudInit = machine.getSpec().cloudInit();
        if (cloudInit != null) {
            user(merged, cloudInit, content);
            if (!cloudInit.packages().isEmpty()) {
                merged.putIfAbsent("package_update", true);
            }
            append(merged, "packages", cloudInit.packages());
            append(
                    merged,
                    "write_files",
                    cloudInit.files().stream().map(file -> file(file, content)).toList());
            append(merged, "runcmd", cloudInit.runCommands());
            put(merged, "timezone", cloudInit.timezone());
            put(merged, "locale", cloudInit.locale());
            put(merged, "keyboard", cloudInit.keyboard() == null ? null : ordered("layout", cloudInit.keyboard()));
        }
        return merged;
    }

    private static void put(Map<String, Object> merged, String key, Object value) {
        if (value != null) {
            merged.put(key, value);
        }
    }

    private static Map<String, Object> file(CloudInitFile file, SeedContent content) {
        var entry = ordered("path", file.path());
        put(entry, "permissions", file.permissions());
        put(entry, "owner", file.owner());
        if (file.owner() != null && !file.owner().equals("root:root")) {
            // Files are written before there are users, unless that is put off.
            entry.put("defer", true);
        }
        entry.putAll(file.contentRef() == null ? ordered("content", file.content()) : content.file(file.contentRef()));
        return entry;
    }

    private static void user(Map<String, Object> merged, CloudInit cloudInit, SeedContent content) {
        var password = Optional.ofNullable(cloudInit.passwordRef()).map(ref -> password(ref, content));
        if (cloudInit.user() == null) {
            append(merged, "ssh_authorized_keys", cloudInit.sshAuthorizedKeys());
            password.ifPresent(hash -> {
                merged.put("password", hash);
                merged.put("chpasswd", ordered("expire", false));
            });
            return;
        }
        var user = ordered("name", cloudInit.user(), "shell", "/bin/bash", "sudo", "ALL=(ALL) NOPASSWD:ALL");
        user.put("lock_passwd", password.isEmpty());
        password.ifPresent(hash -> user.put("passwd", hash));
        if (!cloudInit.sshAuthorizedKeys().isEmpty()) {
            user.put("ssh_authorized_keys", cloudInit.sshAuthorizedKeys());
        }
        append(merged, "users", List.of(user));
    }

    /** What is no hash would become a password that everybody can read who can read the ISO. */
    private static String password(KeyRef ref, SeedContent content) {
        var hash = content.text(ref).strip();
        if (!PASSWORD_HASH.matcher(hash).matches()) {
            throw new IllegalArgumentException(
                    "key " + ref.key() + " of Secret " + ref.name()
                            + " (cloudInit.passwordRef) is not the hash of a password; make one with: mkpasswd --method=sha-512");
        }
        return hash;
    }

    private static Map<String, Object> given(Machine machine, Map<String, String> variables, SeedContent content) {
        var cloudInit = machine.getSpec().cloudInit();
        return cloudInit == null || cloudInit.userDataRef() == null
                ? new LinkedHashMap<>()
                : parse(cloudInit.userDataRef(), content.text(cloudInit.userDataRef()), variables);
    }

    private static Map<String, Object> parse(KeyRef ref, String template, Map<String, String> variables) {
        var where = "key " + ref.key() + " of " + ref.name() + " (cloudInit.userDataRef)";
        if (!template.startsWith(HEADER)) {
            throw new IllegalArgumentException(where + " does not begin with " + HEADER
                    + "; only that form can be merged with the fields of the spec");
        }
        var text = UserDataTemplate.render(template, where, variables);
        try {
            return switch (yaml().<Object>load(text)) {
                case null -> new LinkedHashMap<>();
                case Map<?, ?> mapping -> named(mapping);
                default -> throw new IllegalArgumentException(where + " is no YAML mapping; see cloud-init's examples");
            };
        } catch (YAMLException e) {
            throw new IllegalArgumentException(where + " is no valid YAML: " + e.getMessage(), e);
        }
    }

    private static Map<String, Object> named(Map<?, ?> mapping) {
        var named = new LinkedHashMap<String, Object>();
        mapping.forEach((key, value) -> named.put(String.valueOf(key), value));
        return named;
    }

    private static void append(Map<String, Object> into, String key, List<?> values) {
        if (values.isEmpty()) {
            return;
        }
        var all = new ArrayList<Object>(into.get(key) instanceof List<?> before ? before : List.of());
        all.addAll(values);
        into.put(key, all);
    }

    private static String label(Machine machine) {
        return machine.getSpec().hostname().split("\\.")[0];
    }

    private static byte[] text(String header, Map<String, Object> content) {
        return (header + yaml().dump(content)).getBytes(StandardCharsets.UTF_8);
    }

    /** YAML 1.1 like cloud-init's: what is a number, a date or a truth there (52:54:00:12:34:56, yes) stays what it was written as. */
    private static Yaml yaml() {
        var options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setSplitLines(false);
        return new Yaml(new SafeConstructor(new LoaderOptions()), new Representer(options), options);
    }

    private static LinkedHashMap<String, Object> ordered(Object... entries) {
        var map = new LinkedHashMap<String, Object>();
        for (var i = 0; i < entries.length; i += 2) {
            map.put((String) entries[i], entries[i + 1]);
        }
        return map;
    }
}
