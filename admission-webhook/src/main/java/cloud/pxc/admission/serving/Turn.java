package cloud.pxc.admission.serving;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What is to be done about the shared certificate. */
sealed interface Turn {

    record Keep(Identity identity) implements Turn {}

    record Replace(Identity by, String why) implements Turn {}

    /**
     * What is due.
     *
     * @param shared what is in the Secret, if it can be read
     * @param inUse what this replica serves with: it is put back when the Secret is lost
     * @param hosts that this replica is reached by; those of another one, in the midst of an upgrade, are kept
     */
    static Turn of(
            Optional<Identity> shared, Optional<Identity> inUse, Set<String> hosts, Instant now, Duration rotation) {
        var reachedBy = hosts.stream().map(Authority::canonical).collect(Collectors.toCollection(TreeSet::new));
        var known = shared.or(() -> inUse).filter(identity -> isValid(identity, now));
        if (known.isEmpty()) {
            return new Replace(
                    Identity.make(reachedBy, now, rotation), shared.isEmpty() ? "there is none" : "it has expired");
        }
        var identity = known.get();
        if (!now.isBefore(takeover(identity))) {
            return new Replace(identity.promote(reachedBy, now, rotation), "it is time");
        }
        if (!identity.hosts().containsAll(reachedBy)) {
            var all = new TreeSet<>(identity.hosts());
            all.addAll(reachedBy);
            return new Replace(identity.reissue(all, now), "it is for other hosts");
        }
        return shared.isEmpty() ? new Replace(identity, "the Secret was lost") : new Keep(identity);
    }

    private static boolean isValid(Identity identity, Instant now) {
        return identity.current().notAfter().isAfter(now)
                && identity.next().notAfter().isAfter(now)
                && identity.leaf().certificate().getNotAfter().toInstant().isAfter(now);
    }

    /** The next authority has been known for a third of its life, or the current one has lived five sixths of its own. */
    private static Instant takeover(Identity identity) {
        var known = identity.next().lived(1, 3);
        var end = identity.current().lived(5, 6);
        return known.isBefore(end) ? known : end;
    }
}
