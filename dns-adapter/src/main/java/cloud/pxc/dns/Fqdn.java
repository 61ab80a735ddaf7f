package cloud.pxc.dns;

import java.net.IDN;
import java.net.UnknownHostException;
import java.util.Locale;
import org.xbill.DNS.ReverseMap;

/**
 * A fully qualified domain name: lower case, A-labels (RFC 5890), no dot at the end. A label has at most 63 octets, the name at
 * most 253 characters (RFC 1035 section 2.3.4); only the first label may be {@code *} (RFC 4592).
 */
public record Fqdn(String text) implements Comparable<Fqdn> {

    private static final int MAX_NAME = 253;
    private static final int MAX_LABEL = 63;

    public Fqdn {
        text = normalise(text);
    }

    /** @throws IllegalArgumentException with a sentence that says what is wrong with the name */
    public static Fqdn of(String text) {
        return new Fqdn(text);
    }

    /**
     * The name at which an address is told who it is, under in-addr.arpa (RFC 1035 section 3.5) or ip6.arpa (RFC 3596 section 2.5).
     *
     * @throws IllegalArgumentException if it is no address
     */
    public static Fqdn reverse(String address) {
        try {
            return new Fqdn(ReverseMap.fromAddress(address).toString(true));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(address + " is no address", e);
        }
    }

    public boolean isWildcard() {
        return text.startsWith("*.");
    }

    /** Whether this name is the zone itself or lies below it; {@code notexample.org} does not lie in {@code example.org}. */
    public boolean isWithin(Fqdn zone) {
        return text.equals(zone.text) || text.endsWith("." + zone.text);
    }

    /** The name without its first label. */
    public Fqdn parent() {
        var dot = text.indexOf('.');
        if (dot < 0) {
            throw new IllegalArgumentException(text + " has no parent");
        }
        return new Fqdn(text.substring(dot + 1));
    }

    /** The name with labels in front, for example {@code _acme-challenge}. */
    public Fqdn child(String labels) {
        return new Fqdn(labels + "." + text);
    }

    public int labels() {
        return (int) text.chars().filter(character -> character == '.').count() + 1;
    }

    @Override
    public int compareTo(Fqdn other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }

    private static String normalise(String given) {
        var name = given.endsWith(".") ? given.substring(0, given.length() - 1) : given;
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a domain name must not be empty");
        }
        var ascii = isAscii(name) ? name.toLowerCase(Locale.ROOT) : toAscii(name);
        if (ascii.length() > MAX_NAME) {
            throw new IllegalArgumentException(
                    given + " has " + ascii.length() + " characters; a domain name has at most " + MAX_NAME);
        }
        var labels = ascii.split("\\.", -1);
        for (var i = 0; i < labels.length; i++) {
            if (!(i == 0 && labels[i].equals("*") && labels.length > 1)) {
                check(given, labels[i]);
            }
        }
        return ascii;
    }

    private static void check(String given, String label) {
        if (label.isEmpty()) {
            throw new IllegalArgumentException(given + " has an empty label; write it without doubled dots");
        }
        if (label.length() > MAX_LABEL) {
            throw new IllegalArgumentException(
                    given + ": label " + label + " has more than " + MAX_LABEL + " characters; shorten it");
        }
        if (!label.matches("[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?")) {
            throw new IllegalArgumentException(given + ": label " + label
                    + " may hold letters, digits, - and _ only, and no - at its ends; * only as the whole first label");
        }
    }

    private static boolean isAscii(String name) {
        return name.chars().allMatch(character -> character < 128);
    }

    private static String toAscii(String name) {
        try {
            return IDN.toASCII(name).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    name + " can't be written as a domain name (IDNA): " + e.getMessage(), e);
        }
    }
}
