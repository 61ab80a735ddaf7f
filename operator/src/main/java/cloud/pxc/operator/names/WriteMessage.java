package cloud.pxc.operator.names;

import cloud.pxc.dns.Fqdn;
import cloud.pxc.dns.RRset;
import cloud.pxc.dns.RecordType;
import cloud.pxc.dns.ZoneUpdate;
import cloud.pxc.dns.ZoneUpdate.Change;
import cloud.pxc.dns.ZoneUpdate.Prerequisite;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Steps as one update of their zone: what has to be so for them to be done, and what they change. */
final class WriteMessage {

    private final Fqdn zone;
    private final Set<Fqdn> emptied;
    private final List<Prerequisite> prerequisites = new ArrayList<>();
    private final List<Change> changes = new ArrayList<>();

    private WriteMessage(Fqdn zone, Set<Fqdn> emptied) {
        this.zone = zone;
        this.emptied = emptied;
    }

    static ZoneUpdate of(Fqdn zone, Collection<NameStep.Write> writes) {
        var emptied = writes.stream()
                .filter(NameStep.Remove.class::isInstance)
                .map(step -> step.key().name())
                .collect(Collectors.toSet());
        var message = new WriteMessage(zone, emptied);
        writes.forEach(message::add);
        return message.update();
    }

    /** Puts back what is ours, unless the server holds something else there than was seen. */
    static ZoneUpdate repair(Fqdn zone, RRset ours, Optional<RRset> seen) {
        var message = new WriteMessage(zone, Set.of());
        seen.ifPresentOrElse(there -> message.change(there, ours), () -> message.create(ours));
        return message.update();
    }

    private void add(NameStep.Write step) {
        switch (step) {
            case NameStep.Create(var to, var owners) -> create(to);
            case NameStep.Change(var from, var to, var owners) -> change(from, to);
            case NameStep.Remove(var from, var owners) -> {
                prerequisites.add(new Prerequisite.Exactly(from));
                changes.add(new Change.Delete(from.name(), from.type()));
            }
        }
    }

    private void create(RRset to) {
        var room = emptied.contains(to.name());
        if (to.type() == RecordType.CNAME && !room) {
            prerequisites.add(new Prerequisite.NameUnused(to.name()));
        } else {
            prerequisites.add(new Prerequisite.Absent(to.name(), to.type()));
        }
        if (to.type() != RecordType.CNAME && !room) {
            // BIND takes records beside a CNAME without a word, and drops them.
            prerequisites.add(new Prerequisite.Absent(to.name(), RecordType.CNAME));
        }
        changes.add(new Change.Put(to));
    }

    private void change(RRset from, RRset to) {
        prerequisites.add(new Prerequisite.Exactly(from));
        changes.add(new Change.Put(to));
        var stale = from.values().stream()
                .filter(value -> !to.values().contains(value))
                .toList();
        if (to.type() == RecordType.NS && to.name().equals(zone) && !stale.isEmpty()) {
            changes.add(new Change.Drop(RRset.of(from.name(), from.type(), from.ttl(), stale)));
        }
    }

    private ZoneUpdate update() {
        return new ZoneUpdate(zone, prerequisites, changes);
    }
}
