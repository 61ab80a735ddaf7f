package cloud.pxc.operator.names;

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
record Desire(Map<RRKey, Wanted> wanted, Map<Owner, String> refusals) {

    record Wanted(RRset rrset, List<String> owners) {}

    /**
     * Puts wishes together, those of earlier owners first: objects of one namespace share a name, each adding its values;
     * another namespace is refused. A CNAME tolerates nothing beside it (RFC 1034 section 3.6.2).
     */
    static Desire of(Map<Owner, List<Wish>> wishes, ServedZone.TtlBounds ttl) {
        var byKey = new LinkedHashMap<RRKey, Map<Owner, Wish>>();
        var holders = new LinkedHashMap<cloud.pxc.dns.Fqdn, Owner>();
        var refusals = new LinkedHashMap<Owner, String>();
        wishes.forEach((owner, ownWishes) -> {
            for (var wish : ownWishes) {
                var refusal = refusal(owner, wish, holders, byKey);
                if (refusal.isPresent()) {
                    refusals.putIfAbsent(owner, refusal.get());
                } else {
                    holders.putIfAbsent(wish.name(), owner);
                    byKey.computeIfAbsent(wish.key(), unknown -> new LinkedHashMap<>())
                            .put(owner, wish);
                }
            }
        });
        var wanted = new LinkedHashMap<RRKey, Wanted>();
        byKey.forEach((key, owners) -> wanted.put(key, together(key, owners, ttl)));
        return new Desire(wanted, refusals);
    }

    private static Optional<String> refusal(
            Owner owner, Wish wish, Map<cloud.pxc.dns.Fqdn, Owner> holders, Map<RRKey, Map<Owner, Wish>> taken) {
        var holder = holders.get(wish.name());
        if (holder != null && !holder.sharesWith(owner)) {
            return Optional.of(
                    wish.name() + " is held by " + holder.describe() + "; ask its owner, or choose another name");
        }
        var cname = new RRKey(wish.name(), RecordType.CNAME);
        if (wish.type() == RecordType.CNAME) {
            var beside = taken.keySet().stream()
                    .filter(key -> key.name().equals(wish.name()) && key.type() != RecordType.CNAME)
                    .findFirst();
            if (beside.isPresent()) {
                return Optional.of(wish.name() + " has " + beside.get().type()
                        + " records already, and a CNAME tolerates nothing beside it; remove one of them");
            }
            var other = taken.getOrDefault(cname, Map.of()).values().stream()
                    .filter(already -> !already.values().equals(wish.values()))
                    .findFirst();
            return other.map(already -> wish.name() + " is a CNAME of "
                    + already.values().getFirst() + " already; it can be one of one name only");
        }
        return taken.containsKey(cname)
                ? Optional.of(
                        wish.name() + " is a CNAME already, which tolerates nothing beside it; remove one of them")
                : Optional.empty();
    }

    private static Wanted together(RRKey key, Map<Owner, Wish> wishes, ServedZone.TtlBounds ttl) {
        var values = new LinkedHashSet<String>();
        var owners = new ArrayList<String>();
        var seconds = Long.MAX_VALUE;
        for (var wish : wishes.entrySet()) {
            values.addAll(wish.getValue().values());
            owners.add(wish.getKey().uid());
            seconds = Math.min(seconds, ttl.within(wish.getValue().ttlSeconds()));
        }
        return new Wanted(
                RRset.of(key.name(), key.type(), seconds, values),
                owners.stream().sorted().toList());
    }
}
