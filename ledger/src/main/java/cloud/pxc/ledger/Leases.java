package cloud.pxc.ledger;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Values of which each has one owner within its pool: VMIDs ({@code vmid/<target PVE>}), addresses
 * ({@code address/<subnet>}), stack FQDNs ({@code stack-fqdn/<cloud domain>}). An address has one owner in all pools of addresses.
 *
 * <p>Every call throws {@link LedgerUnavailable} when the database is away.
 */
@ApplicationScoped
public class Leases {

    /** So many candidates are looked up at first, and the whole pool only where all of them are taken. */
    private static final int FEW = 16;

    private static final String ADDRESSES = "address/";

    /** Who has what. */
    public record Lease(String pool, String purpose, String value, Owner owner) {}

    private final Transactions transactions;
    private final Clock clock;

    public Leases(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * Leases the first candidate that is free. Asked again for the same pool, owner and purpose, it gives the same value.
     *
     * @param purpose what of the owner it is for, for example {@code net0}; an owner has one value for each
     * @param candidates in the order they are tried
     */
    public LeaseOutcome take(String pool, Owner owner, String purpose, Iterable<String> candidates) {
        return transactions.sql(connection -> {
            lock(connection, List.of(pool));
            var held = held(connection, pool, owner, purpose);
            if (held.isPresent()) {
                return new LeaseOutcome.Leased(held.get());
            }
            var tried = 0;
            var taken = taken(connection, pool, first(candidates));
            for (var candidate : candidates) {
                if (tried == FEW) {
                    taken = taken(connection, pool);
                }
                tried++;
                // What is not inserted is an address that another pool has given away.
                if (!taken.contains(candidate) && insert(connection, pool, owner, purpose, candidate)) {
                    return new LeaseOutcome.Leased(candidate);
                }
            }
            return new LeaseOutcome.Exhausted(pool, tried);
        });
    }

    /**
     * What is taken and let go in there costs one transaction. Should the work throw, what it had taken until then is its owner's
     * all the same, as it would be had it been taken one by one.
     *
     * @param pools all that something is taken from
     */
    public <T> T together(Collection<String> pools, Supplier<T> work) {
        var ending = transactions.sql(connection -> {
            lock(connection, pools);
            return Ending.of(work);
        });
        return ending.get();
    }

    /** What work came to, to be told once its transaction is over. */
    private record Ending<T>(T value, RuntimeException failure) {

        static <T> Ending<T> of(Supplier<T> work) {
            try {
                return new Ending<>(work.get(), null);
            } catch (LedgerUnavailable e) {
                throw e;
            } catch (RuntimeException e) {
                return new Ending<>(null, e);
            }
        }

        T get() {
            if (failure != null) {
                throw failure;
            }
            return value;
        }
    }

    /**
     * Takers of one pool go one after the other, so that none of them has to try again; those of several lock them in the same
     * order, so that no two wait for each other. An address is one in all its pools: their takers have a lock in common.
     */
    private static void lock(Connection connection, Collection<String> pools) throws SQLException {
        var names = new TreeSet<>(pools);
        if (pools.stream().anyMatch(pool -> pool.startsWith(ADDRESSES))) {
            names.add(ADDRESSES);
        }
        Sql.strings(
                connection,
                "SELECT pg_advisory_xact_lock(hashtextextended(pool, 0))::text FROM unnest(?) pool",
                connection.createArrayOf("text", names.toArray()));
    }

    private static List<String> first(Iterable<String> candidates) {
        return StreamSupport.stream(candidates.spliterator(), false).limit(FEW).toList();
    }

    private static Set<String> taken(Connection connection, String pool, List<String> candidates) throws SQLException {
        return Set.copyOf(Sql.strings(
                connection,
                "SELECT value FROM lease WHERE pool = ? AND value = ANY (?)",
                pool,
                connection.createArrayOf("text", candidates.toArray())));
    }

    private static Set<String> taken(Connection connection, String pool) throws SQLException {
        return Set.copyOf(Sql.strings(connection, "SELECT value FROM lease WHERE pool = ?", pool));
    }

    /** What that owner has, to be asked for again and again. */
    public Holdings heldBy(Owner owner) {
        return new Holdings(this, owner);
    }

    /** Everything that is leased from a pool. */
    public List<Lease> of(String pool) {
        return query("pool = ?", pool);
    }

    /** Everything this owner has leased. */
    public List<Lease> of(Owner owner) {
        return query("uid = ?", owner.uid());
    }

    /** Who has that value. */
    public Optional<Owner> holder(String pool, String value) {
        return query("pool = ? AND value = ?", pool, value).stream()
                .map(Lease::owner)
                .findFirst();
    }

    /** Who has that address, of whichever pool. */
    public Optional<Lease> address(String value) {
        return query("pool LIKE '" + ADDRESSES + "%' AND value = ?", value).stream()
                .findFirst();
    }

    /** Lets one value go; nothing happens if it is not this owner's. */
    public void release(String pool, Owner owner, String purpose) {
        transactions.sql(connection -> Sql.execute(
                connection,
                "DELETE FROM lease WHERE pool = ? AND uid = ? AND purpose = ?",
                pool,
                owner.uid(),
                purpose));
    }

    /** The same where it still has that value: one that it was given since stays its own. */
    public void release(Lease lease) {
        transactions.sql(connection -> Sql.execute(
                connection,
                "DELETE FROM lease WHERE pool = ? AND uid = ? AND purpose = ? AND value = ?",
                lease.pool(),
                lease.owner().uid(),
                lease.purpose(),
                lease.value()));
    }

    /** Lets everything of this owner go. */
    public void releaseAll(Owner owner) {
        transactions.sql(connection -> Sql.execute(connection, "DELETE FROM lease WHERE uid = ?", owner.uid()));
    }

    /** Notes leases of objects that exist, where the ledger has been lost; what is taken already stays as it is. */
    public void restore(Stream<Lease> leases) {
        transactions.sql(connection -> {
            lock(connection, List.of(ADDRESSES));
            for (var lease : (Iterable<Lease>) leases::iterator) {
                insert(connection, lease.pool(), lease.owner(), lease.purpose(), lease.value());
            }
            return null;
        });
    }

    private static Optional<String> held(Connection connection, String pool, Owner owner, String purpose)
            throws SQLException {
        return Sql.strings(
                        connection,
                        "SELECT value FROM lease WHERE pool = ? AND uid = ? AND purpose = ?",
                        pool,
                        owner.uid(),
                        purpose)
                .stream()
                .findFirst();
    }

    /** @return whether it is the owner's now */
    private boolean insert(Connection connection, String pool, Owner owner, String purpose, String value)
            throws SQLException {
        return Sql.execute(
                        connection,
                        """
                INSERT INTO lease (pool, value, purpose, uid, cluster, namespace, kind, name, since)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING""",
                        pool,
                        value,
                        purpose,
                        owner.uid(),
                        owner.cluster(),
                        owner.namespace(),
                        owner.kind(),
                        owner.name(),
                        Timestamp.from(clock.instant()))
                > 0;
    }

    private List<Lease> query(String condition, String... parameters) {
        return transactions.sql(connection -> {
            try (var statement = connection.prepareStatement(
                    "SELECT pool, purpose, value, cluster, namespace, kind, name, uid FROM lease WHERE " + condition
                            + " ORDER BY pool, value")) {
                for (var i = 0; i < parameters.length; i++) {
                    statement.setString(i + 1, parameters[i]);
                }
                try (var rows = statement.executeQuery()) {
                    var leases = new ArrayList<Lease>();
                    while (rows.next()) {
                        leases.add(new Lease(
                                rows.getString(1),
                                rows.getString(2),
                                rows.getString(3),
                                new Owner(
                                        rows.getString(4),
                                        rows.getString(5),
                                        rows.getString(6),
                                        rows.getString(7),
                                        rows.getString(8))));
                    }
                    return List.copyOf(leases);
                }
            }
        });
    }
}
