package cloud.pxc.operator.machine;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Addresses from the first to the last, both included, of one protocol. */
record AddressRange(InetAddress first, InetAddress last) implements Iterable<String> {

    private static final int IPV4_OCTETS = 4;
    private static final Pattern LITERAL = Pattern.compile("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    /** @param text {@code first-last}, as the schema of ProxmoxCluster has checked it */
    static AddressRange of(String text) {
        var dash = text.indexOf('-');
        if (dash < 0) {
            throw new IllegalArgumentException(text + " is no range of addresses; write first-last");
        }
        var range = new AddressRange(parse(text.substring(0, dash)), parse(text.substring(dash + 1)));
        if (range.first.getAddress().length != range.last.getAddress().length
                || number(range.first).compareTo(number(range.last)) > 0) {
            throw new IllegalArgumentException("in the pool " + text + " the first address is not before the last");
        }
        return range;
    }

    @Override
    public Iterator<String> iterator() {
        var end = number(last);
        var width = first.getAddress().length;
        return new Iterator<>() {
            private BigInteger next = number(first);

            @Override
            public boolean hasNext() {
                return next.compareTo(end) <= 0;
            }

            @Override
            public String next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                var address = text(address(next, width));
                next = next.add(BigInteger.ONE);
                return address;
            }
        };
    }

    private static BigInteger number(InetAddress address) {
        return new BigInteger(1, address.getAddress());
    }

    /** @param width in octets */
    static InetAddress address(BigInteger number, int width) {
        var bytes = new byte[width];
        var digits = number.toByteArray();
        for (var i = 0; i < Math.min(width, digits.length); i++) {
            bytes[width - 1 - i] = digits[digits.length - 1 - i];
        }
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address of " + width + " octets", e);
        }
    }

    /** The one way to write an address: RFC 5952 for version 6. */
    static String canonical(String address) {
        return text(parse(address));
    }

    static String text(InetAddress address) {
        var octets = address.getAddress();
        if (octets.length == IPV4_OCTETS) {
            return address.getHostAddress();
        }
        var groups = new ArrayList<String>();
        for (var i = 0; i < octets.length; i += 2) {
            groups.add(Integer.toHexString((octets[i] & 0xFF) << 8 | octets[i + 1] & 0xFF));
        }
        var zeros = longestZeros(groups);
        return zeros.length() < 2
                ? String.join(":", groups)
                : String.join(":", groups.subList(0, zeros.start())) + "::"
                        + String.join(":", groups.subList(zeros.start() + zeros.length(), groups.size()));
    }

    private record Run(int start, int length) {}

    /** The first of the longest. */
    private static Run longestZeros(List<String> groups) {
        var longest = new Run(0, 0);
        for (var start = 0; start < groups.size(); start++) {
            var end = start;
            while (end < groups.size() && groups.get(end).equals("0")) {
                end++;
            }
            if (end - start > longest.length()) {
                longest = new Run(start, end - start);
            }
        }
        return longest;
    }

    static InetAddress parse(String text) {
        return find(text).orElseThrow(() -> new IllegalArgumentException(text.strip() + " is no address"));
    }

    /** Empty where it is no address. */
    static Optional<InetAddress> find(String text) {
        var literal = text.strip();
        try {
            // Never a name: nothing is looked up.
            return LITERAL.matcher(literal).matches() ? Optional.of(InetAddress.getByName(literal)) : Optional.empty();
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }
}
