package cloud.pxc.ledger;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;

/** Who (object, generation) changed what, when. Only ever appended to; never holds a secret. */
@ApplicationScoped
public class Audit {

    private final Transactions transactions;
    private final Clock clock;

    public Audit(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * @param generation of the object that asked for it, where there is one
     * @param action a verb in the past, for example {@code created}
     * @param subject what it was done to, for example {@code VM 10007 on pve2}
     */
    public void append(Owner owner, Long generation, String action, String subject) {
        transactions.call(() -> {
            var entry = new AuditEntry();
            entry.at = clock.instant();
            entry.kind = owner.kind();
            entry.namespace = owner.namespace();
            entry.name = owner.name();
            entry.generation = generation;
            entry.action = action;
            entry.subject = subject;
            entry.persist();
            return null;
        });
    }

    /** What an object has changed, the newest first. */
    public List<AuditEntry> of(Owner owner, int most) {
        return transactions.call(() -> AuditEntry.<AuditEntry>find(
                        "kind = ?1 and namespace = ?2 and name = ?3 order by id desc",
                        owner.kind(),
                        owner.namespace(),
                        owner.name())
                .page(0, most)
                .list());
    }
}
