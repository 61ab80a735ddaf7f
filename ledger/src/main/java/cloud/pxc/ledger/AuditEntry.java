package cloud.pxc.ledger;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** One line of the audit: who changed what, when. */
@Entity
@Table(name = "audit_entry")
public class AuditEntry extends PanacheEntityBase {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    Long id;

    @Column(columnDefinition = "timestamptz")
    Instant at;

    @Column(columnDefinition = "text")
    String kind;

    @Column(columnDefinition = "text")
    String namespace;

    @Column(columnDefinition = "text")
    String name;

    Long generation;

    @Column(columnDefinition = "text")
    String action;

    @Column(columnDefinition = "text")
    String subject;

    public Instant at() {
        return at;
    }

    public String action() {
        return action;
    }

    public String subject() {
        return subject;
    }
}
