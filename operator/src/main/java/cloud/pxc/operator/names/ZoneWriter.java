package cloud.pxc.operator.names;

import cloud.pxc.dns.DnsException;
import cloud.pxc.dns.Fqdn;
import cloud.pxc.dns.Serial;
import cloud.pxc.ledger.AppliedRecords;
import cloud.pxc.ledger.LedgerUnavailable;
import cloud.pxc.ledger.Owner;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jboss.logging.Logger;

/**
 * The one writer of a zone: gathers the names that somebody's wishes touch for some milliseconds, has them planned and written
 * together, and watches until every secondary has followed. What fails is tried again, ever more slowly.
 */
final class ZoneWriter {

    private static final Logger LOG = Logger.getLogger(ZoneWriter.class);

    private static final Duration GATHER = Duration.ofMillis(20);
    private static final Duration FIRST_RETRY = Duration.ofMillis(500);
    private static final Duration LAST_RETRY = Duration.ofSeconds(30);
    private static final Duration COLLISION_RETRY = Duration.ofSeconds(30);
    private static final int MOST_NAMES = 400;

    private final AppliedRecords applied;
    private final ZoneExecutor executor;
    private final Clock clock;
    private final ScheduledExecutorService timer;
    private final Predicate<String> heard;
    private final Consumer<Owner> tell;
    private final Follow follow;

    private ServedZone zone;
    private boolean loaded;
    private boolean writing;
    private boolean scheduled;
    private boolean closed;
    private boolean suspect;
    private Serial known;
    private int failures;
    private final Map<Owner, List<Wish>> wishes = new LinkedHashMap<>();
    private final Map<Fqdn, Set<Owner>> wishers = new HashMap<>();
    private final Map<String, Set<Fqdn>> writtenFor = new HashMap<>();
    private final Set<Fqdn> dirty = new TreeSet<>();
    private final Map<Fqdn, Instant> since = new HashMap<>();
    private final Map<RRKey, NameState> states = new HashMap<>();
    private final Map<Owner, String> refusals = new HashMap<>();

    ZoneWriter(
            ServedZone zone,
            AppliedRecords applied,
            Clock clock,
            ScheduledExecutorService timer,
            Predicate<String> heard,
            Consumer<Owner> tell) {
        this.zone = zone;
        this.applied = applied;
        this.executor = new ZoneExecutor(applied);
        this.clock = clock;
        this.timer = timer;
        this.heard = heard;
        this.tell = tell;
        this.follow = new Follow(timer, this::followed);
        schedule(Duration.ZERO);
    }

    synchronized void serve(ServedZone changed) {
        var bounds = !changed.ttl().equals(zone.ttl());
        zone = changed;
        if (bounds) {
            dirty.addAll(wishers.keySet());
        }
        failures = 0;
        schedule(Duration.ZERO);
    }

    /** What this owner wants in this zone, in place of what it wanted before. */
    synchronized void wish(Owner owner, List<Wish> wanted) {
        var before = wishes.getOrDefault(owner, List.of());
        var firstTime = !wishes.containsKey(owner);
        if (before.equals(wanted) && !firstTime) {
            return;
        }
        var touched = new HashSet<Fqdn>(writtenFor.getOrDefault(owner.uid(), Set.of()));
        before.forEach(wish -> {
            touched.add(wish.name());
            wishers.getOrDefault(wish.name(), new LinkedHashSet<>()).remove(owner);
        });
        wanted.forEach(wish -> {
            touched.add(wish.name());
            states.put(wish.key(), new NameState.Unwritten());
            wishers.computeIfAbsent(wish.name(), unknown -> new LinkedHashSet<>())
                    .add(owner);
        });
        refusals.remove(owner);
        wishes.put(owner, wanted);
        if (wanted.isEmpty()) {
            wishes.remove(owner);
        }
        touch(touched);
    }

    /** Looks again at what was written for this object. */
    synchronized void touch(String uid) {
        touch(writtenFor.getOrDefault(uid, Set.of()));
    }

    synchronized boolean holdsOf(String uid) {
        return !loaded || !writtenFor.getOrDefault(uid, Set.of()).isEmpty();
    }

    synchronized Set<String> ownersNotIn(Set<String> existing) {
        var gone = new HashSet<>(writtenFor.keySet());
        gone.removeAll(existing);
        return gone;
    }

    synchronized Publication publication(Owner owner, Collection<Wish> own) {
        var refusal = refusals.get(owner);
        if (refusal != null) {
            return new Publication.Refused(refusal);
        }
        return Publications.together(own.stream()
                .map(wish -> states.getOrDefault(wish.key(), new NameState.Unwritten())
                        .publication(zone, wish.name()))
                .toList());
    }

    /** Every update moves the serial by one; if it stands elsewhere, somebody else has written, and the zone is compared. */
    int verify(Serial serial) {
        ServedZone current;
        synchronized (this) {
            if (writing || !dirty.isEmpty() || !loaded || !suspect && serial.equals(known)) {
                return 0;
            }
            current = zone;
        }
        var repaired = executor.repair(current);
        var now = current.primary().serial(current.zone());
        synchronized (this) {
            suspect = false;
            known = now.orElse(null);
        }
        if (repaired > 0) {
            LOG.warnf("zone=%s serial=%s repaired=%d", current.zone(), now, repaired);
            now.ifPresent(moved -> follow.await(current, moved));
        }
        return repaired;
    }

    synchronized void close() {
        closed = true;
        follow.close();
    }

    private void touch(Collection<Fqdn> names) {
        for (var name : names) {
            dirty.add(name);
            since.putIfAbsent(name, clock.instant());
        }
        schedule(GATHER);
    }

    private synchronized void schedule(Duration delay) {
        if (closed || scheduled || writing) {
            return;
        }
        scheduled = true;
        try {
            timer.schedule(
                    () -> Thread.ofVirtual().name("zone-writer").start(this::write),
                    delay.toMillis(),
                    TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debugf("zone=%s writer=stopped", zone.zone());
        }
    }

    private void write() {
        Set<Fqdn> names;
        synchronized (this) {
            scheduled = false;
            if (closed || writing) {
                return;
            }
            writing = true;
        }
        var next = Duration.ZERO;
        try {
            load();
            names = take();
            next = names.isEmpty() ? Duration.ZERO : write(names);
        } catch (LedgerUnavailable e) {
            next = failed(Set.of(), e.getMessage());
        } finally {
            synchronized (this) {
                writing = false;
                if (!dirty.isEmpty() || !loaded) {
                    schedule(next.isZero() ? GATHER : next);
                }
            }
        }
    }

    /** What earlier processes have written: all of it is looked at once. */
    private void load() {
        synchronized (this) {
            if (loaded) {
                return;
            }
        }
        var records = applied.of(zone.zone().text());
        synchronized (this) {
            for (var record : records) {
                var name = Fqdn.of(record.name());
                record.owners().forEach(uid -> writtenFor
                        .computeIfAbsent(uid, unknown -> new HashSet<>())
                        .add(name));
                dirty.add(name);
            }
            loaded = true;
        }
    }

    private synchronized Set<Fqdn> take() {
        var names = new TreeSet<Fqdn>();
        for (var name : dirty) {
            if (names.size() == MOST_NAMES) {
                break;
            }
            names.add(name);
        }
        return names;
    }

    /** @return how long to wait before the next try; nothing where all went well */
    private Duration write(Set<Fqdn> names) {
        ServedZone current;
        Desire desire;
        synchronized (this) {
            current = zone;
            dirty.removeAll(names);
            desire = Desire.of(wishesAt(names), current.ttl());
        }
        try {
            var records = applied.at(
                    current.zone().text(), names.stream().map(Fqdn::text).toList());
            var steps = NamePlanner.plan(names, desire.wanted(), records, heard);
            var outcomes = executor.execute(current, steps);
            return done(current, names, desire, steps, outcomes);
        } catch (DnsException | LedgerUnavailable e) {
            return failed(names, e.getMessage());
        } catch (RuntimeException e) {
            LOG.errorf(e, "zone=%s names=%s written=false", current.zone(), names);
            return failed(names, "the operator failed on " + names.iterator().next() + ": " + e);
        }
    }

    private Map<Owner, List<Wish>> wishesAt(Set<Fqdn> names) {
        var owners = new LinkedHashSet<Owner>();
        names.forEach(name -> owners.addAll(wishers.getOrDefault(name, Set.of())));
        var at = new LinkedHashMap<Owner, List<Wish>>();
        for (var owner : owners) {
            at.put(
                    owner,
                    wishes.getOrDefault(owner, List.of()).stream()
                            .filter(wish -> names.contains(wish.name()))
                            .toList());
        }
        return at;
    }

    private Duration done(
            ServedZone current,
            Set<Fqdn> names,
            Desire desire,
            List<NameStep> steps,
            Map<RRKey, NameOutcome> outcomes) {
        var collided = false;
        long newest = 0;
        synchronized (this) {
            failures = 0;
            refusals.putAll(desire.refusals());
            for (var outcome : outcomes.entrySet()) {
                var key = outcome.getKey();
                switch (outcome.getValue()) {
                    case NameOutcome.Written(var serial) -> {
                        newest = Math.max(newest, serial);
                        states.put(key, new NameState.Written(new Serial(serial), started(key.name())));
                    }
                    case NameOutcome.Removed(var serial) -> {
                        newest = Math.max(newest, serial);
                        states.remove(key);
                    }
                    case NameOutcome.Collided(var message) -> {
                        collided = true;
                        dirty.add(key.name());
                        states.put(key, new NameState.Collided(message));
                    }
                    case NameOutcome.Again() -> dirty.add(key.name());
                }
            }
            index(steps, outcomes);
            if (known != null && newest > known.value()) {
                suspect |= newest != known.value() + 1;
                known = new Serial(newest);
            }
        }
        var changes =
                steps.stream().filter(step -> !(step instanceof NameStep.Keep)).count();
        if (changes > 0) {
            LOG.infof("zone=%s serial=%d changed=%d", current.zone(), newest, changes);
        }
        if (newest > 0) {
            follow.await(current, new Serial(newest));
        }
        tellAll(names);
        return collided ? COLLISION_RETRY : Duration.ZERO;
    }

    private Instant started(Fqdn name) {
        return since.getOrDefault(name, clock.instant());
    }

    /** Keeps who has something written in step with the ledger. */
    private void index(List<NameStep> steps, Map<RRKey, NameOutcome> outcomes) {
        for (var step : steps) {
            var name = step.key().name();
            var outcome = outcomes.get(step.key());
            if (outcome instanceof NameOutcome.Removed) {
                writtenFor.values().forEach(written -> written.remove(name));
                writtenFor.values().removeIf(Set::isEmpty);
            } else if (outcome instanceof NameOutcome.Written) {
                var owners =
                        switch (step) {
                            case NameStep.Create create -> create.owners();
                            case NameStep.Change change -> change.owners();
                            case NameStep.Keep keep -> keep.owners();
                            case NameStep.Remove remove -> List.<String>of();
                            case NameStep.Recover recover -> List.<String>of();
                        };
                owners.forEach(uid -> writtenFor
                        .computeIfAbsent(uid, unknown -> new HashSet<>())
                        .add(name));
            }
        }
    }

    private Duration failed(Set<Fqdn> names, String message) {
        synchronized (this) {
            dirty.addAll(names);
            failures++;
            for (var name : names) {
                for (var owner : wishers.getOrDefault(name, Set.of())) {
                    wishes.getOrDefault(owner, List.of()).stream()
                            .filter(wish -> wish.name().equals(name))
                            .forEach(wish -> states.put(wish.key(), new NameState.Failing(message)));
                }
            }
        }
        LOG.warnf("zone=%s names=%d written=false cause=%s", zone.zone(), names.size(), message);
        tellAll(names);
        var delay = FIRST_RETRY.multipliedBy(1L << Math.min(failures - 1, 10));
        return delay.compareTo(LAST_RETRY) > 0 ? LAST_RETRY : delay;
    }

    /** Every server answers at least this serial. */
    private void followed(Serial serial) {
        var names = new HashSet<Fqdn>();
        synchronized (this) {
            for (var entry : states.entrySet()) {
                if (entry.getValue() instanceof NameState.Written written && serial.isAtLeast(written.serial())) {
                    entry.setValue(new NameState.Live(
                            written.serial(), zone.servers(), Duration.between(written.started(), clock.instant())));
                    names.add(entry.getKey().name());
                    since.remove(entry.getKey().name());
                }
            }
        }
        tellAll(names);
    }

    private void tellAll(Collection<Fqdn> names) {
        var owners = new LinkedHashSet<Owner>();
        synchronized (this) {
            names.forEach(name -> owners.addAll(wishers.getOrDefault(name, Set.of())));
        }
        owners.forEach(tell);
    }
}
