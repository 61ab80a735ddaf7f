package cloud.pxc.world.proxmox;

import java.util.Map;
import java.util.regex.Pattern;

/**
 * The named formats of {@code PVE/JSONSchema.pm} that are one pattern and one message; formats not listed accept
 * anything.
 */
final class Formats {
    private static final String IPV4 = "(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)\\.){3}(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)";
    private static final String IPV6 = "[0-9a-fA-F]*:[0-9a-fA-F:.]+";
    private static final String DNS_LABEL = "[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?";
    private static final String STORAGE_ID = "[a-zA-Z][a-zA-Z0-9\\-_.]*[a-zA-Z0-9]";

    /** @param message what the real check dies with; {@code %s} is the value */
    private record Format(Pattern pattern, String message) {
        static Format of(String pattern, String message) {
            return new Format(Pattern.compile(pattern), message);
        }
    }

    private static final Format DNS_NAME =
            Format.of(DNS_LABEL + "(?:\\." + DNS_LABEL + ")*", "value does not look like a valid DNS name");
    private static final Format CONFIG_ID = Format.of("[a-zA-Z][a-zA-Z0-9_-]+", "invalid configuration ID '%s'");
    private static final Format TAG = Format.of("(?i)[a-z0-9_][a-z0-9_\\-+.]*", "invalid characters in tag");
    private static final Format ADDRESS =
            Format.of(IPV4 + "|" + IPV6 + "|" + DNS_NAME.pattern(), "value does not look like a valid address: %s");
    private static final Format VMID = Format.of("[1-9][0-9]{2,8}", "value does not look like a valid VM ID");

    private static final Map<String, Format> ONE = Map.ofEntries(
            Map.entry("dns-name", DNS_NAME),
            Map.entry("pve-configid", CONFIG_ID),
            Map.entry("pve-vmid", VMID),
            Map.entry("pve-node", Format.of(DNS_LABEL, "value does not look like a valid node name")),
            Map.entry("pve-storage-id", Format.of(STORAGE_ID, "storage ID '%s' contains illegal characters")),
            Map.entry("pve-poolid", Format.of("(?:[A-Za-z0-9._-]+/){0,2}[A-Za-z0-9._-]+", "invalid pool ID '%s'")),
            Map.entry("pve-volume-id", Format.of(STORAGE_ID + ":.+", "unable to parse volume ID '%s'")),
            Map.entry(
                    "pve-volume-id-or-qm-path",
                    Format.of("none|cdrom|/.*|" + STORAGE_ID + ":.+", "unable to parse volume ID '%s'")),
            Map.entry(
                    "pve-volume-id-or-absolute-path",
                    Format.of("/.*|" + STORAGE_ID + ":.+", "unable to parse volume ID '%s'")),
            Map.entry("pve-lxc-mp-string", Format.of("\\S.*", "invalid mount point '%s'")),
            Map.entry("urlencoded", Format.of("[-%a-zA-Z0-9_.!~*'()]*", "invalid urlencoded string: %s")),
            Map.entry("pve-bridge-id", Format.of("[-_.\\w\\d]+", "invalid bridge ID '%s'")),
            Map.entry(
                    "mac-addr",
                    Format.of(
                            "(?i)[a-f0-9][02468ace](?::[a-f0-9]{2}){5}",
                            "value does not look like a valid unicast MAC address")),
            Map.entry("ipv4", Format.of(IPV4, "value does not look like a valid IPv4 address")),
            Map.entry("ipv6", Format.of(IPV6, "value does not look like a valid IPv6 address")),
            Map.entry(
                    "pve-ipv4-config",
                    Format.of(
                            "dhcp|manual|" + IPV4 + "/\\d{1,2}",
                            "value does not look like a valid ipv4 network configuration")),
            Map.entry(
                    "pve-ipv6-config",
                    Format.of(
                            "auto|dhcp|manual|" + IPV6 + "/\\d{1,3}",
                            "value does not look like a valid ipv6 network configuration")),
            Map.entry(
                    "CIDR",
                    Format.of(
                            IPV4 + "/\\d{1,2}|" + IPV6 + "/\\d{1,3}", "value does not look like a valid CIDR network")),
            Map.entry(
                    "disk-size",
                    Format.of("\\d+(?:\\.\\d+)?[KMGT]?", "value does not look like a valid disk size: %s")),
            Map.entry(
                    "pve-storage-content",
                    Format.of("images|rootdir|vztmpl|iso|backup|snippets|import|none", "invalid content type '%s'")));

    /** Formats whose value is a list of another: split as {@code split_list} does, on white space, comma, semicolon. */
    private static final Map<String, Format> MANY = Map.of(
            "pve-tag-list", TAG,
            "pve-configid-list", CONFIG_ID,
            "pve-vmid-list", VMID,
            "dns-name-list", DNS_NAME,
            "address-list", ADDRESS);

    private Formats() {}

    /** @throws IllegalArgumentException with the message, newline included, that the real check dies with */
    static void check(String name, String text) {
        if (ONE.containsKey(name)) {
            check(ONE.get(name), text);
        } else if (MANY.containsKey(name)) {
            for (var one : split(text)) {
                check(MANY.get(name), one);
            }
        }
    }

    /** The elements of a list, whatever it is separated by: {@code PVE::Tools::split_list}. */
    static String[] split(String list) {
        var stripped = list.replaceAll("^[\\s,;\\x00]+", "");
        return stripped.isEmpty() ? new String[0] : stripped.split("[\\s,;\\x00]+");
    }

    private static void check(Format format, String text) {
        if (!format.pattern().matcher(text).matches()) {
            throw new IllegalArgumentException(format.message().formatted(text) + "\n");
        }
    }
}
