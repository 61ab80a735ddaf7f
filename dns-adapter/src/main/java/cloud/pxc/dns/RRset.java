package cloud.pxc.dns;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;

/**
 * All records of one name and type.
 *
 * @param ttl seconds
 * @param values in presentation form as in a zone file, in one fixed spelling and order, so that equal sets are equal
 */
public record RRset(Fqdn name, RecordType type, long ttl, List<String> values) {

    private static final long MAX_TTL = 0x7FFF_FFFFL;

    public RRset {
        if (ttl < 0 || ttl > MAX_TTL) {
            throw new IllegalArgumentException(
                    name + ": a time to live of " + ttl + " s is not within 0 and " + MAX_TTL);
        }
        if (values.isEmpty()) {
            throw new IllegalArgumentException(name + " " + type + " has no value");
        }
        var spelled = new TreeSet<String>();
        for (var value : values) {
            spelled.add(parse(name, type, ttl, value).rdataToString());
        }
        values = List.copyOf(spelled);
    }

    /** @throws IllegalArgumentException if a value is not one of that type; the message says which and why */
    public static RRset of(Fqdn name, RecordType type, long ttl, Collection<String> values) {
        return new RRset(name, type, ttl, List.copyOf(values));
    }

    /**
     * Values as they stand in a file of a zone, where names without a dot at the end are relative to it, in full.
     *
     * @throws IllegalArgumentException if a value is not one of that type
     */
    public static List<String> absolute(RecordType type, Collection<String> values, Fqdn zone) {
        return values.stream()
                .map(value -> parse(zone, type, 0, value, wireName(zone)).rdataToString())
                .toList();
    }

    /** Whether name, type and values are the same, whatever the time to live. */
    public boolean sameData(RRset other) {
        return name.equals(other.name) && type == other.type && values.equals(other.values);
    }

    /** The same data as a prerequisite has them: without a time to live (RFC 2136 section 2.4.2). */
    List<Record> prerequisites() {
        return values.stream().map(value -> parse(name, type, 0, value)).toList();
    }

    List<Record> records() {
        return values.stream().map(value -> parse(name, type, ttl, value)).toList();
    }

    static Name wireName(Fqdn name) {
        return Name.fromConstantString(name.text() + ".");
    }

    private static Record parse(Fqdn name, RecordType type, long ttl, String value) {
        return parse(name, type, ttl, value, Name.root);
    }

    private static Record parse(Fqdn name, RecordType type, long ttl, String value, Name origin) {
        try {
            return Record.fromString(wireName(name), type.code(), DClass.IN, ttl, value, origin);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    name + ": \"" + value + "\" is no value of type " + type + ": " + e.getMessage(), e);
        }
    }
}
