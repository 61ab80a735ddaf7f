package cloud.pxc.ledger;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.TreeSet;
import java.util.UUID;

/** What was issued when, for all processes together, so that a CA's limits are kept. */
@ApplicationScoped
public class CertificateIssues {

    private final Transactions transactions;
    private final Clock clock;

    public CertificateIssues(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /** @param serial of the certificate, hexadecimal */
    public void record(String issuer, Collection<String> names, Owner owner, String serial) {
        transactions.sql(connection -> Sql.execute(
                connection,
                """
                INSERT INTO certificate_issue (id, issuer, names, namespace, name, serial, issued_at)
                VALUES (?, ?, ?, ?, ?, ?, ?)""",
                UUID.randomUUID(),
                issuer,
                identity(names),
                owner.namespace(),
                owner.name(),
                serial,
                Timestamp.from(clock.instant())));
    }

    /** How many certificates an issuer gave out within that time. */
    public long count(String issuer, Duration within) {
        return transactions.sql(connection -> Long.parseLong(Sql.strings(
                        connection,
                        "SELECT count(*)::text FROM certificate_issue WHERE issuer = ? AND issued_at > ?",
                        issuer,
                        Timestamp.from(clock.instant().minus(within)))
                .getFirst()));
    }

    /** How many of them were for exactly these names: what CAs limit most strictly. */
    public long countOf(String issuer, Collection<String> names, Duration within) {
        return transactions.sql(connection -> Long.parseLong(Sql.strings(
                        connection,
                        "SELECT count(*)::text FROM certificate_issue WHERE issuer = ? AND names = ? AND issued_at > ?",
                        issuer,
                        identity(names),
                        Timestamp.from(clock.instant().minus(within)))
                .getFirst()));
    }

    private static String identity(Collection<String> names) {
        return String.join(" ", new TreeSet<>(names));
    }
}
