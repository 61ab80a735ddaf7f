package cloud.pxc.operator.machine;

import cloud.pxc.crds.machine.CloudInit;
import cloud.pxc.crds.machine.Machine;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    private Seed() {}

    /**
     * @param userData whole user-data that the machine names, of form #cloud-config; its fields come first, those of the spec are
     *     added to lists and win elsewhere
     * @throws IllegalArgumentException with a sentence, if the user-data can't be merged
     */
    static byte[] iso(Machine machine, List<Nic> nics, Optional<String> userData) {
        var files = new LinkedHashMap<String, byte[]>();
        files.put("meta-data", text("", metaData(machine)));
        files.put("network-config", text("", networkConfig(machine, nics)));
        files.put("user-data", text(HEADER + "\n", userData(machine, userData)));
        return IsoImage.of("cidata", files);
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
        if (addresses.isEmpty()) {
            ethernet.put("dhcp4", true);
            return ethernet;
        }
        ethernet.put("addresses", addresses);
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

    static Map<String, Object> userData(Machine machine, Optional<String> given) {
        var merged = given.map(text -> parse(machine, text)).orElseGet(LinkedHashMap::new);
        merged.put("hostname", label(machine));
        merged.put("fqdn", machine.getSpec().hostname());
        merged.putIfAbsent("manage_etc_hosts", true);
        var cloudInit = machine.getSpec().cloudInit();
        if (cloudInit != null) {
            keys(merged, cloudInit);
            if (!cloudInit.packages().isEmpty()) {
                merged.putIfAbsent("package_update", true);
            }
            append(merged, "packages", cloudInit.packages());
            append(merged, "runcmd", cloudInit.runCommands());
        }
        return merged;
    }

    private static void keys(Map<String, Object> merged, CloudInit cloudInit) {
        if (cloudInit.user() == null) {
            append(merged, "ssh_authorized_keys", cloudInit.sshAuthorizedKeys());
            return;
        }
        var user = ordered("name", cloudInit.user(), "shell", "/bin/bash", "sudo", "ALL=(ALL) NOPASSWD:ALL");
        user.put("lock_passwd", true);
        if (!cloudInit.sshAuthorizedKeys().isEmpty()) {
            user.put("ssh_authorized_keys", cloudInit.sshAuthorizedKeys());
        }
        append(merged, "users", List.of(user));
    }

    private static Map<String, Object> parse(Machine machine, String text) {
        var ref = machine.getSpec().cloudInit().userDataRef();
        var where = "key " + ref.key() + " of " + ref.name() + " (cloudInit.userDataRef)";
        if (!text.startsWith(HEADER)) {
            throw new IllegalArgumentException(where + " does not begin with " + HEADER
                    + "; only that form can be merged with the fields of the spec");
        }
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
