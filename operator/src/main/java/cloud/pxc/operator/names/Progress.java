package cloud.pxc.operator.names;

import cloud.pxc.dns.Fqdn;
import cloud.pxc.dns.Serial;
import cloud.pxc.ledger.Owner;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How far each RRset of a zone is, and who does not get what it wishes. */
final class Progress {

    private final Clock clock;
    private final Map<RRKey, NameState> states = new HashMap<>();
    private final Map<Fqdn, Instant> since = new HashMap<>();
    private final Map<Owner, Map<Fqdn, String>> refusals = new HashMap<>();

    Progress(Clock clock) {
        this.clock = clock;
    }

    void begin(Collection<Wish> wishes) {
        wishes.forEach(wish -> {
            states.put(wish.key(), new NameState.Unwritten());
            since.put(wish.name(), clock.instant());
        });
    }

    void forget(Owner owner) {
        refusals.remove(owner);
    }

    /** Who is refused at these names now, in place of who was before. */
    void refuse(Set<Fqdn> names, List<Desire.Refusal> refused) {
        refusals.values().forEach(byName -> byName.keySet().removeAll(names));
        refused.forEach(refusal -> refusals.computeIfAbsent(refusal.owner(), unknown -> new HashMap<>())
                .putIfAbsent(refusal.name(), refusal.message()));
        refusals.values().removeIf(Map::isEmpty);
    }

    void note(RRKey key, NameOutcome outcome) {
        switch (outcome) {
            case NameOutcome.Written(var serial) ->
                states.put(key, new NameState.Written(new Serial(serial), started(key.name())));
            case NameOutcome.Removed removed -> states.remove(key);
            case NameOutcome.Collided(var message) -> states.put(key, new NameState.Collided(message));
            case NameOutcome.Failed(var cause, var message) -> states.put(key, new NameState.Failing(cause, message));
            case NameOutcome.Again again -> {}
        }
    }

    /** @return whether that is news */
    boolean fail(RRKey key, NameState.Failing now) {
        return !now.equals(states.put(key, now));
    }

    /** Every server answers at least this serial. @return names that are live now and were not */
    Set<Fqdn> followed(Serial serial, int servers) {
        var names = new HashSet<Fqdn>();
        states.replaceAll((key, state) -> {
            if (state instanceof NameState.Written(var written, var started) && serial.isAtLeast(written)) {
                names.add(key.name());
                since.remove(key.name());
                return new NameState.Live(written, servers, Duration.between(started, clock.instant()));
            }
            return state;
        });
        return names;
    }

    /** Other servers are to follow: nothing is live before they have. @return the serial to wait for, where there is one */
    Optional<Serial> unfollow() {
        Serial newest = null;
        for (var entry : states.entrySet()) {
            if (entry.getValue() instanceof NameState.Live live) {
                entry.setValue(new NameState.Written(live.serial(), clock.instant()));
                newest = newest == null || live.serial().isAtLeast(newest) ? live.serial() : newest;
            }
        }
        return Optional.ofNullable(newest);
    }

    Publication publication(Owner owner, Collection<Wish> wishes, ServedZone zone) {
        var refused = refusals.get(owner);
        if (refused != null) {
            return new Publication.Refused(refused.values().iterator().next());
        }
        return Publications.together(wishes.stream()
                .map(wish -> states.getOrDefault(wish.key(), new NameState.Unwritten())
                        .publication(zone, wish.name()))
                .toList());
    }

    private Instant started(Fqdn name) {
        return since.getOrDefault(name, clock.instant());
    }
}
