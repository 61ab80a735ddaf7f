package cloud.pxc.acme;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a CA says went wrong (RFC 8555 section 6.7, RFC 7807).
 *
 * @param type the last part of {@code urn:ietf:params:acme:error:…}, for example {@code rejectedIdentifier}; other types whole
 * @param detail the CA's own words
 * @param parts problems of single names, where the CA tells them apart
 */
public record AcmeProblem(String type, String detail, List<AcmeProblem> parts) {

    public AcmeProblem {
        parts = List.copyOf(parts);
    }

    public AcmeProblem(String type, String detail) {
        this(type, detail, List.of());
    }

    /** The CA's words, those about single names too, in one line. */
    public String sentence() {
        var all = Stream.concat(Stream.of(detail), parts.stream().map(AcmeProblem::sentence));
        return all.filter(text -> !text.isBlank()).distinct().collect(Collectors.joining("; ")) + " (" + type + ")";
    }

    /** Whether this or any part is of that type. */
    public boolean is(String wanted) {
        return type.equals(wanted) || parts.stream().anyMatch(part -> part.is(wanted));
    }
}
