package cloud.pxc.operator.machine;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.regex.Pattern;

/** Addresses from the first to the last, both included, of one protocol. */
record AddressRange(InetAddress first, InetAddress last) implements Iterable<String> {

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
                var address = text(next, width);
                next = next.add(BigInteger.ONE);
                return address;
            }
        };
    }

    private static BigInteger number(InetAddress address) {
        return new BigInteger(1, address.getAddress());
    }

    private static String text(BigInteger number, int width) {
        var bytes = new byte[width];
        var digits = number.toByteArray();
        for (var i = 0; i < Math.min(width, digits.length); i++) {
            bytes[width - 1 - i] = digits[digits.length - 1 - i];
        }
        try {
            return InetAddress.getByAddress(bytes).getHostAddress();
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address of " + width + " octets", e);
        }
    }

    private static InetAddress parse(String text) {
        var literal = text.strip();
        try {
            // Never a name: nothing is looked up.
            if (LITERAL.matcher(literal).matches()) {
                return InetAddress.getByName(literal);
            }
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(literal + " is no address", e);
        }
        throw new IllegalArgumentException(literal + " is no address");
    }
}
