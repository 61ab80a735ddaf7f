package cloud.pxc.ledger;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What one owner has leased, read by one call: only what it does not have yet costs another. For one pass of its owner, who is the
 * only one to change it.
 */
public final class Holdings {

    private record Key(String pool, String purpose) {}

    private final Leases leases;
    private final Owner owner;
    private final Map<Key, String> values = new HashMap<>();

    Holdings(Leases leases, Owner owner) {
        this.leases = leases;
        this.owner = owner;
        leases.of(owner).forEach(lease -> values.put(new Key(lease.pool(), lease.purpose()), lease.value()));
    }

    public Owner owner() {
        return owner;
    }

    /** As {@link Leases#take}. */
    public LeaseOutcome take(String pool, String purpose, Iterable<String> candidates) {
        var held = find(pool, purpose);
        if (held.isPresent()) {
            return new LeaseOutcome.Leased(held.get());
        }
        var outcome = leases.take(pool, owner, purpose, candidates);
        if (outcome instanceof LeaseOutcome.Leased(var value)) {
            values.put(new Key(pool, purpose), value);
        }
        return outcome;
    }

    /** What it has leased from the pool for that purpose. */
    public Optional<String> find(String pool, String purpose) {
        return Optional.ofNullable(values.get(new Key(pool, purpose)));
    }

    /** As {@link Leases#release}. */
    public void release(String pool, String purpose) {
        leases.release(pool, owner, purpose);
        values.remove(new Key(pool, purpose));
    }
}
