package cloud.pxc.dns;

/** Serial number of a zone, compared as RFC 1982 says: 32 bits that wrap around. */
public record Serial(long value) {

    private static final long MAX = 0xFFFF_FFFFL;

    public Serial {
        if (value < 0 || value > MAX) {
            throw new IllegalArgumentException(value + " is no serial: it has 32 bits");
        }
    }

    /** Whether this one comes after the other, or is the same. */
    public boolean isAtLeast(Serial other) {
        var distance = (value - other.value) & MAX;
        return distance < 0x8000_0000L;
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
