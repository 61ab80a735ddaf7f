package cloud.pxc.ledger;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * What the operator has written into each zone: it changes and removes nothing else there.
 *
 * <p>Every call throws {@link LedgerUnavailable} when the database is away.
 */
@ApplicationScoped
public class AppliedRecords {

    private final Transactions transactions;

    public AppliedRecords(Transactions transactions) {
        this.transactions = transactions;
    }

    /** Everything written into a zone. */
    public List<AppliedRecord> of(String zone) {
        return transactions.call(() -> AppliedRecordRow.<AppliedRecordRow>list("zone", zone).stream()
                .map(AppliedRecordRow::record)
                .toList());
    }

    /** What is written at these names of a zone. */
    public List<AppliedRecord> at(String zone, Collection<String> names) {
        return transactions.call(
                () -> AppliedRecordRow.<AppliedRecordRow>list("zone = ?1 and name in ?2", zone, names).stream()
                        .map(AppliedRecordRow::record)
                        .toList());
    }

    public long count(String zone) {
        return transactions.call(() -> AppliedRecordRow.count("zone", zone));
    }

    /** Notes RRsets as given, in place of what was noted at their zone, name and type. */
    public void put(Collection<AppliedRecord> records) {
        transactions.sql(connection -> {
            try (var statement = connection.prepareStatement("""
                    INSERT INTO applied_record (zone, name, type, ttl, content, previous, owners, state, serial)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                    ON CONFLICT (zone, name, type) DO UPDATE SET ttl = EXCLUDED.ttl, content = EXCLUDED.content,
                      previous = EXCLUDED.previous, owners = EXCLUDED.owners, state = EXCLUDED.state, serial = EXCLUDED.serial""")) {
                for (var each : records) {
                    bind(statement, each);
                    statement.addBatch();
                }
                statement.executeBatch();
            }
            return null;
        });
    }

    /** Forgets RRsets that are gone from their zone. */
    public void remove(Collection<AppliedRecord> records) {
        transactions.sql(connection -> {
            try (var statement = connection.prepareStatement(
                    "DELETE FROM applied_record WHERE zone = ? AND name = ? AND type = ?")) {
                for (var each : records) {
                    statement.setString(1, each.zone());
                    statement.setString(2, each.name());
                    statement.setString(3, each.type());
                    statement.addBatch();
                }
                statement.executeBatch();
            }
            return null;
        });
    }

    /** Forgets a zone that is gone. */
    public void removeZone(String zone) {
        transactions.sql(
                (Connection connection) -> Sql.execute(connection, "DELETE FROM applied_record WHERE zone = ?", zone));
    }

    private static void bind(java.sql.PreparedStatement statement, AppliedRecord each) throws SQLException {
        statement.setString(1, each.zone());
        statement.setString(2, each.name());
        statement.setString(3, each.type());
        statement.setLong(4, each.ttl());
        statement.setString(5, String.join("\n", each.values()));
        statement.setString(
                6, each.previous().map(lines -> String.join("\n", lines)).orElse(null));
        statement.setString(7, String.join("\n", each.owners()));
        statement.setString(8, each.state().name().toLowerCase(Locale.ROOT));
        statement.setObject(9, each.serial().orElse(null));
    }
}
