package cloud.pxc.operator.names;

import cloud.pxc.dns.Fqdn;
import cloud.pxc.dns.RRset;
import cloud.pxc.dns.RecordType;
import cloud.pxc.ledger.Owner;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is to be at the names of a zone once everybody's wishes are put together.
 *
 * @param wanted RRsets with the uids of those who want them
 * @param refusals why an owner does not get what it wishes at a name
 */
record Desire(Map<RRKey, Wanted> wanted, List<Refusal> refusals) {

    record Wanted(RRset rrset, List<String> owners) {}

    record Refusal(Owner owner, Fqdn name, String message) {}

    private record Wished(Owner owner, Wish wish) {}

    /**
     * Puts wishes together, those of earlier owners first: objects of one namespace share a name, each adding its values;
     * another namespace is refused. The zone itself (no namespace) shares its names, but not its RRsets. A CNAME tolerates
     * nothing beside it (RFC 1034 section 3.6.2).
     */
    static Desire of(Fqdn zone, Map<Owner, List<Wish>> wishes, ServedZone.TtlBounds ttl) {
        var byKey = new LinkedHashMap<RRKey, List<Wished>>();
        var refusals = new ArrayList<Refusal>();
        wishes.forEach((owner, ownWishes) -> {
            for (var wish : ownWishes) {
                var at = at(wish.name(), byKey);
                var refusal = apex(zone, wish)
                        .or(() -> held(owner, wish, at))
                        .or(() -> beside(wish, at))
                        .map(message -> new Refusal(owner, wish.name(), message));
                refusal.ifPresentOrElse(
                        refusals::add, () -> byKey.computeIfAbsent(wish.key(), unknown -> new ArrayList<>())
                                .add(new Wished(owner, wish)));
            }
        });
        var wanted = new LinkedHashMap<RRKey, Wanted>();
        byKey.forEach((key, wished) -> wanted.put(key, together(key, wished, ttl)));
        return new Desire(wanted, refusals);
    }

    private static List<Wished> at(Fqdn name, Map<RRKey, List<Wished>> byKey) {
        return byKey.entrySet().stream()
                .filter(entry -> entry.getKey().name().equals(name))
                .flatMap(entry -> entry.getValue().stream())
                .toList();
    }

    private static Optional<String> apex(Fqdn zone, Wish wish) {
        return wish.type() == RecordType.CNAME && wish.name().equals(zone)
                ? Optional.of(zone + " is a zone, whose own name can't be a CNAME; point it to addresses")
                : Optional.empty();
    }

    private static Optional<String> held(Owner owner, Wish wish, List<Wished> there) {
        return there.stream()
                .filter(other -> !other.owner().sharesWith(owner))
                .filter(other -> other.wish().type() == wish.type() || !isZone(other.owner()) && !isZone(owner))
                .findFirst()
                .map(other -> wish.name() + " is held by " + other.owner().describe()
                        + "; ask its owner, or choose another name");
    }

    private static boolean isZone(Owner owner) {
        return owner.namespace().isEmpty();
    }

    private static Optional<String> beside(Wish wish, List<Wished> there) {
        for (var other : there) {
            var type = other.wish().type();
            if (wish.type() == RecordType.CNAME && type != RecordType.CNAME) {
                return Optional.of(wish.name() + " has " + type
                        + " records already, and a CNAME tolerates nothing beside it; remove one of them");
            }
            if (wish.type() != RecordType.CNAME && type == RecordType.CNAME) {
                return Optional.of(
                        wish.name() + " is a CNAME already, which tolerates nothing beside it; remove one of them");
            }
            if (wish.type() == RecordType.CNAME && !other.wish().values().equals(wish.values())) {
                return Optional.of(wish.name() + " is a CNAME of "
                        + other.wish().values().getFirst() + " already; it can be one of one name only");
            }
        }
        return Optional.empty();
    }

    private static Wanted together(RRKey key, List<Wished> all, ServedZone.TtlBounds ttl) {
        var values = new LinkedHashSet<String>();
        var seconds = Long.MAX_VALUE;
        for (var each : all) {
            values.addAll(each.wish().values());
            seconds = Math.min(seconds, ttl.within(each.wish().ttlSeconds()));
        }
        return new Wanted(
                RRset.of(key.name(), key.type(), seconds, values),
                all.stream().map(each -> each.owner().uid()).distinct().sorted().toList());
    }
}
