package cloud.pxc.ledger;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Who holds which name: one namespace of one cluster, first come, first served. Several objects of a namespace may share a
 * name; with the last of them it is free again. Names are in lower case without a dot at the end.
 *
 * <p>Every call throws {@link LedgerUnavailable} when the database is away.
 */
@ApplicationScoped
public class HostClaims {

    private final Transactions transactions;
    private final Clock clock;

    public HostClaims(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /** Takes names for an object that is about to exist; what nobody holds by then is free again after {@code ttl}. */
    public List<ClaimOutcome> reserve(Owner owner, Collection<String> fqdns, Duration ttl) {
        return take(owner, fqdns, clock.instant().plus(ttl));
    }

    /** Takes names for an object that exists, or turns its reservations into claims. */
    public List<ClaimOutcome> hold(Owner owner, Collection<String> fqdns) {
        return take(owner, fqdns, null);
    }

    /** Lets go of these names as far as this object is concerned; returns those that are free now. */
    public List<String> release(Owner owner, Collection<String> fqdns) {
        var names = new TreeSet<>(fqdns).toArray(String[]::new);
        return transactions.sql(connection -> {
            lock(connection, names);
            removeExpired(connection, names, clock.instant());
            execute(
                    connection,
                    "DELETE FROM host_holder WHERE fqdn = ANY (?) AND uid = ?",
                    array(connection, names),
                    owner.uid());
            return removeUnheld(connection, names);
        });
    }

    /** Lets go of everything this object holds; returns the names that are free now. */
    public List<String> releaseAll(Owner owner) {
        return release(owner, namesOf(owner));
    }

    /** Forgets reservations whose time is up; returns the names that are free now. */
    public List<String> expire() {
        return transactions.sql(connection -> {
            var now = clock.instant();
            var names = Sql.strings(
                            connection,
                            "SELECT DISTINCT fqdn FROM host_holder WHERE expires_at <= ? ORDER BY fqdn",
                            Timestamp.from(now))
                    .toArray(String[]::new);
            lock(connection, names);
            removeExpired(connection, names, now);
            return removeUnheld(connection, names);
        });
    }

    /** The names this object holds or has reserved. */
    public Set<String> namesOf(Owner owner) {
        return transactions.sql(connection ->
                new TreeSet<>(strings(connection, "SELECT fqdn FROM host_holder WHERE uid = ?", owner.uid())));
    }

    /** The names this object holds: without those that admission has just reserved for a change of it that is on its way. */
    public Set<String> heldNamesOf(Owner owner) {
        return transactions.sql(connection -> new TreeSet<>(
                strings(connection, "SELECT fqdn FROM host_holder WHERE uid = ? AND expires_at IS NULL", owner.uid())));
    }

    /** Who holds these names now; names that nobody holds are left out. */
    public Map<String, ClaimOutcome.HeldBy> holders(Collection<String> fqdns) {
        var names = fqdns.toArray(String[]::new);
        return transactions.sql(connection -> liveClaims(connection, names, clock.instant()));
    }

    /** The uids of all objects of a kind in a cluster that hold names; what is reserved only is left out. */
    public Set<String> uidsOf(String cluster, String kind) {
        return transactions.sql(connection -> new TreeSet<>(strings(connection, """
                SELECT DISTINCT h.uid FROM host_holder h JOIN host_claim c ON c.fqdn = h.fqdn
                WHERE c.cluster = ? AND h.kind = ? AND h.expires_at IS NULL""", cluster, kind)));
    }

    /** How many names lie in a zone: the zone's own and all below it. */
    public long countWithin(String zone) {
        return transactions.sql(connection -> Long.parseLong(strings(
                        connection,
                        "SELECT count(*)::text FROM host_claim WHERE fqdn = ? OR right(fqdn, length(?) + 1) = '.' || ?",
                        zone,
                        zone,
                        zone)
                .getFirst()));
    }

    private List<ClaimOutcome> take(Owner owner, Collection<String> fqdns, Instant expiry) {
        var names = new TreeSet<>(fqdns).toArray(String[]::new);
        return transactions.sql(connection -> {
            var now = clock.instant();
            insertFree(connection, owner, names, now);
            lock(connection, names);
            removeExpired(connection, names, now);
            var claims = liveClaims(connection, names, now);
            var outcomes = new ArrayList<ClaimOutcome>();
            for (var name : names) {
                var held = claims.get(name);
                if (held != null && !held.holder().sharesWith(owner)) {
                    outcomes.add(held);
                } else {
                    if (held == null) {
                        begin(connection, owner, name, now);
                    }
                    join(connection, owner, name, expiry);
                    outcomes.add(new ClaimOutcome.Granted(name));
                }
            }
            return outcomes;
        });
    }

    /** Sorted, so that two takers of the same names wait for each other instead of locking each other out. */
    private static void insertFree(Connection connection, Owner owner, String[] names, Instant now)
            throws SQLException {
        execute(connection, """
                INSERT INTO host_claim (fqdn, cluster, namespace, since)
                SELECT fqdn, ?, ?, ? FROM unnest(?::text[]) AS fqdn ORDER BY fqdn
                ON CONFLICT (fqdn) DO NOTHING""", owner.cluster(), owner.namespace(), Timestamp.from(now), array(connection, names));
    }

    /** Nobody holds it: from now on it is this owner's. */
    private static void begin(Connection connection, Owner owner, String name, Instant now) throws SQLException {
        execute(
                connection,
                "UPDATE host_claim SET cluster = ?, namespace = ?, since = ? WHERE fqdn = ?",
                owner.cluster(),
                owner.namespace(),
                Timestamp.from(now),
                name);
    }

    /**
     * A reservation stands beside what another object of that kind and name holds: the one that admission was asked about may
     * never come to be, as where the name of the object is taken. One that holds exists, and so is the only one.
     */
    private static void join(Connection connection, Owner owner, String name, Instant expiry) throws SQLException {
        if (expiry == null) {
            execute(
                    connection,
                    "DELETE FROM host_holder WHERE fqdn = ? AND kind = ? AND name = ? AND uid <> ?",
                    name,
                    owner.kind(),
                    owner.name(),
                    owner.uid());
        }
        execute(
                connection,
                """
                INSERT INTO host_holder (fqdn, kind, name, uid, expires_at) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (fqdn, kind, name, uid) DO UPDATE SET
                  expires_at = CASE WHEN host_holder.expires_at IS NULL THEN NULL ELSE EXCLUDED.expires_at END""",
                name,
                owner.kind(),
                owner.name(),
                owner.uid(),
                expiry == null ? null : Timestamp.from(expiry));
    }

    private static void removeExpired(Connection connection, String[] names, Instant now) throws SQLException {
        execute(
                connection,
                "DELETE FROM host_holder WHERE fqdn = ANY (?) AND expires_at <= ?",
                array(connection, names),
                Timestamp.from(now));
    }

    private static void lock(Connection connection, String[] names) throws SQLException {
        strings(
                connection,
                "SELECT fqdn FROM host_claim WHERE fqdn = ANY (?) ORDER BY fqdn FOR UPDATE",
                array(connection, names));
    }

    private static List<String> removeUnheld(Connection connection, String[] names) throws SQLException {
        return strings(connection, """
                DELETE FROM host_claim c WHERE c.fqdn = ANY (?)
                AND NOT EXISTS (SELECT 1 FROM host_holder h WHERE h.fqdn = c.fqdn) RETURNING c.fqdn""", array(connection, names));
    }

    /** Claims with a holder whose time is not up; of several holders the one that has no end is named. */
    private static Map<String, ClaimOutcome.HeldBy> liveClaims(Connection connection, String[] names, Instant now)
            throws SQLException {
        var found = new TreeMap<String, ClaimOutcome.HeldBy>();
        try (var statement = connection.prepareStatement("""
                SELECT c.fqdn, c.cluster, c.namespace, h.kind, h.name, h.uid, c.since
                FROM host_claim c JOIN host_holder h ON h.fqdn = c.fqdn
                WHERE c.fqdn = ANY (?) AND (h.expires_at IS NULL OR h.expires_at > ?)
                ORDER BY c.fqdn, h.expires_at NULLS FIRST, h.kind, h.name""")) {
            statement.setArray(1, array(connection, names));
            statement.setTimestamp(2, Timestamp.from(now));
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    var holder = new Owner(
                            rows.getString(2),
                            rows.getString(3),
                            rows.getString(4),
                            rows.getString(5),
                            rows.getString(6));
                    found.putIfAbsent(
                            rows.getString(1),
                            new ClaimOutcome.HeldBy(
                                    rows.getString(1),
                                    holder,
                                    rows.getTimestamp(7).toInstant()));
                }
            }
        }
        return found;
    }

    private static java.sql.Array array(Connection connection, String[] values) throws SQLException {
        return connection.createArrayOf("text", values);
    }

    private static List<String> strings(Connection connection, String sql, Object... parameters) throws SQLException {
        return Sql.strings(connection, sql, parameters);
    }

    private static void execute(Connection connection, String sql, Object... parameters) throws SQLException {
        Sql.execute(connection, sql, parameters);
    }
}
