package cloud.pxc.operator.names;

import cloud.pxc.dns.Fqdn;
import cloud.pxc.dns.Serial;
import cloud.pxc.ledger.AppliedRecords;
import cloud.pxc.ledger.Owner;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The wishes of all sources, each given to the writer of the zone its name lies in: the longest one.
 *
 * <p>A source publishes on every pass, also when it wants nothing; an unchanged wish costs nothing. Whether the owner may have
 * the name is decided before, by its claim in the ledger.
 */
@ApplicationScoped
public class Names {

    private final AppliedRecords applied;
    private final Clock clock;
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(
            1, Thread.ofPlatform().name("names-timer").daemon().factory());
    private final Map<Owner, List<Wish>> wishes = new LinkedHashMap<>();
    private final Map<Fqdn, ZoneWriter> writers = new TreeMap<>();
    private final Set<String> heard = ConcurrentHashMap.newKeySet();
    private volatile Set<String> existing;
    private final Map<String, List<Consumer<Owner>>> listeners = new ConcurrentHashMap<>();

    public Names(AppliedRecords applied, Clock clock) {
        this.applied = applied;
        this.clock = clock;
    }

    /** This owner wants exactly these names, and none that it wanted before besides. */
    public Publication publish(Owner owner, Collection<Wish> wanted) {
        synchronized (this) {
            heard.add(owner.uid());
            wishes.put(owner, List.copyOf(wanted));
            route(owner);
        }
        return publication(owner);
    }

    /** This owner wants no names any more; they are gone from all servers some moments later, see {@link #isWithdrawn}. */
    public void withdraw(Owner owner) {
        synchronized (this) {
            heard.add(owner.uid());
            wishes.remove(owner);
            route(owner);
        }
    }

    /** Whether nothing of this owner is left in any zone. */
    public boolean isWithdrawn(Owner owner) {
        return snapshot().stream().noneMatch(writer -> writer.holdsOf(owner.uid()));
    }

    /** Why something of this owner, who wants nothing any more, is still there; nothing while all goes well. */
    public Optional<String> hindrance(Owner owner) {
        return snapshot().stream()
                .flatMap(writer -> writer.hindrance(owner.uid()).stream())
                .findFirst();
    }

    /** How far the wishes of this owner are. */
    public Publication publication(Owner owner) {
        Map<Optional<ZoneWriter>, List<Wish>> byWriter;
        synchronized (this) {
            byWriter = wishes.getOrDefault(owner, List.of()).stream()
                    .collect(Collectors.groupingBy(wish -> writer(wish.name())));
        }
        var parts = new ArrayList<Publication>();
        byWriter.forEach((writer, own) -> parts.add(writer.map(known -> known.publication(owner, own))
                .orElseGet(() -> new Publication.Pending("no DnsZone that is ready serves "
                        + own.getFirst().name() + "; declare one, or see what keeps it from being ready"))));
        return Publications.together(parts);
    }

    /** Why nothing could be written in this zone when it was last tried, whosever names these were. */
    public Optional<Publication> trouble(Fqdn zone) {
        ZoneWriter writer;
        synchronized (this) {
            writer = writers.get(zone);
        }
        return writer == null ? Optional.empty() : writer.trouble();
    }

    /** Calls back whenever the publication of an owner of that kind has changed. */
    public void listen(String kind, Consumer<Owner> listener) {
        listeners.computeIfAbsent(kind, unknown -> new CopyOnWriteArrayList<>()).add(listener);
    }

    /** From now on names in this zone can be written; called again when its servers or bounds change. */
    public synchronized void serve(ServedZone zone) {
        var writer = writers.get(zone.zone());
        if (writer != null) {
            writer.serve(zone);
            return;
        }
        begin(zone);
    }

    /** Names in this zone can't be written any more; what is there stays. */
    public void drop(Fqdn zone) {
        forget(zone).ifPresent(ZoneWriter::close);
    }

    /** As {@link #drop}, and what the operator has written there goes; what others have stays. */
    public void erase(ServedZone zone) {
        drop(zone.zone());
        new ZoneExecutor(applied).erase(zone);
    }

    /** A zone that is served has been made anew on its servers: whatever is wished there is written again. */
    public void renew(Fqdn zone) {
        ZoneWriter former;
        synchronized (this) {
            former = writers.remove(zone);
            if (former != null) {
                begin(former.served());
            }
        }
        if (former != null) {
            former.close();
        }
    }

    private void begin(ServedZone zone) {
        writers.put(zone.zone(), new ZoneWriter(zone, applied, clock, timer, this::isKnown, this::tell));
        routeAll();
    }

    private synchronized Optional<ZoneWriter> forget(Fqdn zone) {
        var writer = Optional.ofNullable(writers.remove(zone));
        if (writer.isPresent()) {
            routeAll();
        }
        return writer;
    }

    /**
     * Objects that exist now, of all kinds that want names: what others wanted once is removed, for their deletion was missed.
     * Of those that exist and have not been heard yet everything stays.
     */
    public void sweep(Set<String> existingUids) {
        existing = Set.copyOf(existingUids);
        for (var writer : snapshot()) {
            writer.ownersNotIn(existingUids).forEach(writer::touch);
        }
    }

    /** Whether what an object wants is known: it has been heard since the start, or it does not exist. */
    private boolean isKnown(String uid) {
        var there = existing;
        return heard.contains(uid) || there != null && !there.contains(uid);
    }

    /**
     * Compares the whole zone with what is written there if its serial has moved without this operator, and repairs.
     *
     * @param serial of the zone on the primary now
     * @return how many RRsets had been changed past the operator
     */
    public int verify(Fqdn zone, Serial serial) {
        ZoneWriter writer;
        synchronized (this) {
            writer = writers.get(zone);
        }
        return writer == null ? 0 : writer.verify(serial);
    }

    @PreDestroy
    void stop() {
        snapshot().forEach(ZoneWriter::close);
        timer.shutdownNow();
    }

    private void routeAll() {
        for (var owner : List.copyOf(wishes.keySet())) {
            route(owner);
        }
    }

    /** Gives each writer the owner's wishes within its zone; also those that have none any more are told. */
    private void route(Owner owner) {
        var now = new HashMap<ZoneWriter, List<Wish>>();
        for (var wish : wishes.getOrDefault(owner, List.of())) {
            writer(wish.name()).ifPresent(writer -> now.computeIfAbsent(writer, unknown -> new ArrayList<>())
                    .add(wish));
        }
        for (var writer : writers.values()) {
            writer.wish(owner, now.getOrDefault(writer, List.of()));
        }
    }

    private Optional<ZoneWriter> writer(Fqdn name) {
        return writers.entrySet().stream()
                .filter(entry -> name.isWithin(entry.getKey()))
                .max(Comparator.comparingInt(entry -> entry.getKey().labels()))
                .map(Map.Entry::getValue);
    }

    private synchronized List<ZoneWriter> snapshot() {
        return List.copyOf(writers.values());
    }

    private void tell(Owner owner) {
        listeners.getOrDefault(owner.kind(), List.of()).forEach(listener -> listener.accept(owner));
    }
}
