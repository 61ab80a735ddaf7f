package cloud.pxc.operator.names;

import cloud.pxc.dns.DnsException;
import cloud.pxc.dns.Fqdn;
import cloud.pxc.dns.Serial;
import cloud.pxc.ledger.AppliedRecords;
import cloud.pxc.ledger.LedgerUnavailable;
import cloud.pxc.ledger.Owner;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * The one writer of a zone: gathers the names that somebody's wishes touch for some milliseconds, has them planned and written
 * together, and watches until every secondary has followed. What fails is tried again, ever more slowly, and holds up nothing
 * else.
 */
final class ZoneWriter {

    private static final Logger LOG = Logger.getLogger(ZoneWriter.class);

    private static final Duration FIRST_RETRY = Duration.ofMillis(500);
    private static final Duration LAST_RETRY = Duration.ofSeconds(5);
    private static final Duration COLLISION_RETRY = Duration.ofSeconds(10);

    private final AppliedRecords applied;
    private final ZoneExecutor executor;
    private final ZoneRepair repair;
    private final Predicate<String> isKnown;
    private final Consumer<Owner> tell;
    private final Follow follow;
    private final Turns turns;
    private final Backoff backoff = new Backoff(FIRST_RETRY, LAST_RETRY);

    private final ZoneWishes wishes = new ZoneWishes();
    private final WrittenNames written = new WrittenNames();
    private final Progress progress;
    private final LastSerial last = new LastSerial();
    private ServedZone zone;
    private boolean loaded;
    private NameState.Failing trouble;

    ZoneWriter(
            ServedZone zone,
            AppliedRecords applied,
            Clock clock,
            ScheduledExecutorService timer,
            Predicate<String> isKnown,
            Consumer<Owner> tell) {
        this.zone = zone;
        this.applied = applied;
        this.executor = new ZoneExecutor(applied);
        this.repair = new ZoneRepair(applied);
        this.isKnown = isKnown;
        this.tell = tell;
        this.progress = new Progress(clock);
        this.follow = new Follow(timer, this::followed);
        this.turns = new Turns("zone-writer", timer, this::write);
        turns.add(Set.of(zone.zone()));
    }

    synchronized void serve(ServedZone changed) {
        var before = zone;
        zone = changed;
        if (!changed.ttl().equals(before.ttl())) {
            turns.add(wishes.names());
        }
        if (!changed.reaches(before)) {
            backoff.succeeded();
            turns.addWaiting();
            progress.unfollow().ifPresent(serial -> follow.await(changed, serial));
        }
    }

    /** What this owner wants in this zone, in place of what it wanted before. */
    synchronized void wish(Owner owner, List<Wish> wanted) {
        var holds = !loaded || written.holds(owner.uid());
        if (wishes.of(owner).equals(wanted) && !(wanted.isEmpty() && holds)) {
            return;
        }
        var touched = new HashSet<>(written.of(owner.uid()));
        touched.addAll(wishes.put(owner, wanted));
        progress.forget(owner);
        progress.begin(wanted);
        written.leaves(owner, wanted.isEmpty() && holds);
        turns.add(touched);
    }

    /** Looks again at what was written for this object. */
    synchronized void touch(String uid) {
        turns.add(written.of(uid));
    }

    synchronized boolean holdsOf(String uid) {
        return !loaded || written.holds(uid);
    }

    synchronized Set<String> ownersNotIn(Set<String> existing) {
        return written.uids().stream().filter(uid -> !existing.contains(uid)).collect(Collectors.toSet());
    }

    /** Why what this object had written is still there, where something is in the way. */
    synchronized Optional<String> hindrance(String uid) {
        return holdsOf(uid) ? Optional.ofNullable(trouble).map(NameState.Failing::message) : Optional.empty();
    }

    synchronized Publication publication(Owner owner, Collection<Wish> own) {
        return progress.publication(owner, own, zone);
    }

    /** Every update moves the serial by one; if it stands elsewhere, somebody else has written, and the zone is compared. */
    int verify(Serial serial) {
        synchronized (this) {
            if (!loaded || !last.isDoubtful(serial)) {
                return 0;
            }
        }
        return turns.between(() -> compare(served())).orElse(0);
    }

    /** Nothing is written any more; what is being written is waited for. */
    void close() {
        follow.close();
        turns.close();
    }

    private int compare(ServedZone current) {
        var outcome = repair.repair(current);
        var now = current.primary().serial(current.zone());
        synchronized (this) {
            last.compared(now, outcome.moved());
        }
        turns.add(outcome.lost());
        if (outcome.repaired() > 0) {
            LOG.warnf("zone=%s serial=%s repaired=%d", current.zone(), now.orElse(null), outcome.repaired());
            now.ifPresent(moved -> follow.await(current, moved));
        }
        return outcome.repaired();
    }

    synchronized ServedZone served() {
        return zone;
    }

    /** One turn: these names, and what earlier processes have written if that is not known yet. */
    private void write(Set<Fqdn> touched) {
        var current = served();
        var names = touched;
        try {
            load();
            names = turns.and(names);
            write(current, names);
            backoff.succeeded();
            trouble(null);
        } catch (DnsException | LedgerUnavailable e) {
            failed(current, names, new NameState.Failing(Publication.Cause.of(e), e.getMessage()));
        } catch (RuntimeException e) {
            LOG.errorf(e, "zone=%s names=%s written=false", current.zone(), names);
            var message = "the operator failed on a name of zone " + current.zone() + ": " + e
                    + "; see its log, and report it";
            failed(current, names, new NameState.Failing(Publication.Cause.OPERATOR, message));
        }
    }

    private void write(ServedZone current, Set<Fqdn> names) {
        Desire desire;
        synchronized (this) {
            desire = Desire.of(current.zone(), wishes.at(names), current.ttl());
        }
        var records =
                applied.at(current.zone().text(), names.stream().map(Fqdn::text).toList());
        var steps = NamePlanner.plan(names, desire.wanted(), records, isKnown);
        var outcomes = executor.execute(current, steps);
        done(current, names, desire, steps, outcomes);
    }

    /** What earlier processes have written: all of it is looked at once. */
    private void load() {
        synchronized (this) {
            if (loaded) {
                return;
            }
        }
        var records = applied.of(served().zone().text());
        synchronized (this) {
            turns.add(written.load(records));
            loaded = true;
        }
        tellLeft();
    }

    private void done(
            ServedZone current,
            Set<Fqdn> names,
            Desire desire,
            List<NameStep> steps,
            Map<RRKey, NameOutcome> outcomes) {
        var newest = 0L;
        synchronized (this) {
            progress.refuse(names, desire.refusals());
            for (var step : steps) {
                var outcome = outcomes.get(step.key());
                written.note(step, outcome);
                progress.note(step.key(), outcome);
                newest = Math.max(newest, follow(step.key().name(), outcome));
            }
            last.wrote(newest);
        }
        var changes = steps.stream().filter(NameStep.Write.class::isInstance).count();
        if (changes > 0) {
            LOG.infof("zone=%s serial=%d changed=%d", current.zone(), newest, changes);
        }
        if (newest > 0) {
            follow.await(current, new Serial(newest));
        }
        tellAll(names);
        tellLeft();
    }

    /** What comes next of an outcome. @return the serial it has, where it has one */
    private long follow(Fqdn name, NameOutcome outcome) {
        return switch (outcome) {
            case NameOutcome.Written(var serial) -> serial;
            case NameOutcome.Removed(var serial) -> serial;
            case NameOutcome.Collided collided -> later(name, COLLISION_RETRY);
            case NameOutcome.Failed failed -> later(name, COLLISION_RETRY);
            case NameOutcome.Again again -> {
                turns.add(Set.of(name));
                yield 0;
            }
        };
    }

    private long later(Fqdn name, Duration delay) {
        turns.addLater(Set.of(name), delay);
        return 0;
    }

    private void failed(ServedZone current, Set<Fqdn> names, NameState.Failing failing) {
        var news = new HashSet<Fqdn>();
        synchronized (this) {
            var affected = loaded ? names : wishes.names();
            for (var owner : wishes.wishers(affected)) {
                wishes.of(owner).stream()
                        .filter(wish -> affected.contains(wish.name()) && progress.fail(wish.key(), failing))
                        .forEach(wish -> news.add(wish.name()));
            }
        }
        LOG.warnf("zone=%s names=%d written=false cause=%s", current.zone(), names.size(), failing.message());
        turns.addLater(names, backoff.failed());
        trouble(failing);
        tellAll(news);
    }

    /** Why nothing could be written when it was last tried. */
    synchronized Optional<Publication> trouble() {
        return Optional.ofNullable(trouble).map(failing -> failing.publication(zone, zone.zone()));
    }

    /** Whoever keeps the zone is told when that changes, whosever names it concerns. */
    private void trouble(NameState.Failing now) {
        synchronized (this) {
            if (Objects.equals(now, trouble)) {
                return;
            }
            trouble = now;
        }
        tellAll(Set.of(served().zone()));
    }

    /** Every server answers at least this serial. */
    private void followed(Serial serial) {
        Set<Fqdn> names;
        synchronized (this) {
            names = progress.followed(serial, zone.servers());
        }
        tellAll(names);
    }

    private void tellAll(Collection<Fqdn> names) {
        Set<Owner> owners;
        synchronized (this) {
            owners = wishes.wishers(names);
        }
        owners.forEach(tell);
    }

    /** Those who wanted to be gone, and are. */
    private void tellLeft() {
        Collection<Owner> left;
        synchronized (this) {
            left = written.left();
        }
        left.forEach(tell);
    }
}
