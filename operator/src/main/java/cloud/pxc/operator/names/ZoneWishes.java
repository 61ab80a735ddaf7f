package cloud.pxc.operator.names;

import cloud.pxc.dns.Fqdn;
import cloud.pxc.ledger.Owner;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Who wishes what in a zone. */
final class ZoneWishes {

    private final Map<Owner, List<Wish>> byOwner = new LinkedHashMap<>();
    private final Map<Fqdn, Set<Owner>> byName = new HashMap<>();

    List<Wish> of(Owner owner) {
        return byOwner.getOrDefault(owner, List.of());
    }

    /** What this owner wishes in place of what it wished before. @return the names it wishes or wished */
    Set<Fqdn> put(Owner owner, List<Wish> wishes) {
        var names = new HashSet<Fqdn>();
        for (var before : of(owner)) {
            names.add(before.name());
            byName.computeIfPresent(before.name(), (name, owners) -> {
                owners.remove(owner);
                return owners.isEmpty() ? null : owners;
            });
        }
        for (var wish : wishes) {
            names.add(wish.name());
            byName.computeIfAbsent(wish.name(), unknown -> new LinkedHashSet<>())
                    .add(owner);
        }
        if (wishes.isEmpty()) {
            byOwner.remove(owner);
        } else {
            byOwner.put(owner, List.copyOf(wishes));
        }
        return names;
    }

    Set<Fqdn> names() {
        return Set.copyOf(byName.keySet());
    }

    Set<Owner> wishers(Collection<Fqdn> names) {
        var owners = new LinkedHashSet<Owner>();
        names.forEach(name -> owners.addAll(byName.getOrDefault(name, Set.of())));
        return owners;
    }

    /** All wishes for these names, those of the zone itself first, those of earlier owners before those of later ones. */
    Map<Owner, List<Wish>> at(Set<Fqdn> names) {
        var at = new LinkedHashMap<Owner, List<Wish>>();
        wishers(names).stream()
                .sorted(Comparator.comparing(owner -> !owner.namespace().isEmpty()))
                .forEach(owner -> at.put(
                        owner,
                        of(owner).stream()
                                .filter(wish -> names.contains(wish.name()))
                                .toList()));
        return at;
    }
}
