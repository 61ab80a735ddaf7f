package cloud.pxc.operator.names;

import cloud.pxc.dns.Serial;
import java.time.Duration;
import java.util.Collection;

/** The publication of several names as one: the worst of them, or the last to become live. */
final class Publications {

    private Publications() {}

    static Publication together(Collection<Publication> parts) {
        Publication worst = new Publication.Live(new Serial(0), 0, Duration.ZERO);
        for (var part : parts) {
            worst = worse(worst, part);
        }
        return worst;
    }

    private static Publication worse(Publication one, Publication other) {
        if (one instanceof Publication.Live a && other instanceof Publication.Live b) {
            return new Publication.Live(
                    a.serial().value() > b.serial().value() ? a.serial() : b.serial(),
                    Math.max(a.servers(), b.servers()),
                    a.after().compareTo(b.after()) > 0 ? a.after() : b.after());
        }
        return rank(one) >= rank(other) ? one : other;
    }

    private static int rank(Publication publication) {
        return switch (publication) {
            case Publication.Live live -> 0;
            case Publication.Pending pending -> 1;
            case Publication.Failing failing -> 2;
            case Publication.Refused refused -> 3;
        };
    }
}
