package cloud.pxc.operator.machine;

import java.math.BigInteger;
import java.net.InetAddress;

/**
 * A subnet of one protocol.
 *
 * @param first its lowest address
 * @param prefix length in bits
 */
record Subnet(InetAddress first, int prefix) {

    /** @param text in CIDR notation, as the schema of ProxmoxCluster has checked it; bits behind the prefix do not count */
    static Subnet of(String text) {
        var slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException(text + " is no subnet; write it as 10.20.0.0/16");
        }
        var address = AddressRange.parse(text.substring(0, slash));
        var prefix = Integer.parseInt(text.substring(slash + 1));
        var octets = address.getAddress();
        if (prefix < 0 || prefix > octets.length * Byte.SIZE) {
            throw new IllegalArgumentException(text + " is no subnet: its prefix is too long");
        }
        return new Subnet(AddressRange.address(masked(octets, prefix), octets.length), prefix);
    }

    boolean contains(String address) {
        var octets = AddressRange.parse(address).getAddress();
        return octets.length == first.getAddress().length
                && masked(octets, prefix).equals(new BigInteger(1, first.getAddress()));
    }

    /** The one way to write it. */
    @Override
    public String toString() {
        return AddressRange.text(first) + "/" + prefix;
    }

    private static BigInteger masked(byte[] octets, int prefix) {
        var behind = octets.length * Byte.SIZE - prefix;
        return new BigInteger(1, octets).shiftRight(behind).shiftLeft(behind);
    }
}
